import { useLocale, useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { usePlanName } from '#components/payments/plan/plan-name.ts';
import { Badge } from '#components/ui/badge.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { OwnWords } from '#components/ui/own-words.tsx';
import type { Action } from '#lib/core/action.ts';
import type { AccountKind } from '#lib/core/actor.ts';
import { formatDay, formatTime } from '#lib/core/dates.ts';
import { Link } from '#lib/core/i18n/navigation.ts';
import { placeOf } from '#lib/notifications/notice/place-of.ts';
import type { NoticeView } from '#lib/notifications/notice/read-notices.ts';
import { ReadAllButton } from './read-all-button.tsx';

type Props = {
  notices: readonly NoticeView[];
  readAll: Action<unknown>;
  account: AccountKind;
  /** Stands before them: what ends in a moment. */
  children?: ReactNode;
};

/** What one was told, newest first. */
export function NoticeList({ notices, readAll, account, children }: Props) {
  const t = useTranslations('notices');
  return (
    <main id="main" className="page grow py-10 md:py-16">
      <div className="mx-auto grid max-w-text gap-6">
        <div className="flex flex-wrap items-center justify-between gap-4">
          <h1 className="text-2xl font-extrabold">{t('title')}</h1>
          {notices.some(({ isRead }) => !isRead) ? (
            <ReadAllButton action={readAll} label={t('readAll')} />
          ) : null}
        </div>
        {children}
        {notices.length === 0 ? (
          <EmptyState title={t('empty.title')}>{t('empty.text')}</EmptyState>
        ) : (
          <ul className="grid rounded-card border border-line bg-surface px-6">
            {notices.map((notice) => (
              <Notice key={notice.id} notice={notice} account={account} />
            ))}
          </ul>
        )}
      </div>
    </main>
  );
}

function Notice({ notice, account }: { notice: NoticeView; account: AccountKind }) {
  const t = useTranslations('notices');
  const devices = useTranslations('account.devices');
  const locale = useLocale();
  const { kind, data, words, createdAt, isRead } = notice;
  const href = placeOf(notice, account);
  const known = (group: 'browsers' | 'systems', name = 'other') =>
    devices(
      devices.has(`${group}.${name}` as 'browsers.other')
        ? (`${group}.${name}` as 'browsers.other')
        : `${group}.other`,
    );
  const plan = usePlanName()(data.plan ?? '');
  const device = devices('agent', {
    browser: known('browsers', data.browser),
    system: known('systems', data.system),
  });
  return (
    <li className="grid gap-1 border-t border-line py-5 first:border-0">
      <p className="flex flex-wrap items-center gap-2 font-semibold">
        {words ? (
          <OwnWords>{locale === 'fa' ? words.titleFa : words.titleEn}</OwnWords>
        ) : (
          t(`kinds.${kind}.title`, { count: Number(data.count ?? 1) })
        )}
        {isRead ? null : <Badge tone="saffron">{t('new')}</Badge>}
      </p>
      <p className="text-sm whitespace-pre-line">
        {words
          ? locale === 'fa'
            ? words.textFa
            : words.textEn
          : t(`kinds.${kind}.text`, {
              device,
              to: data.to ?? '',
              plan,
              days: Number(data.days ?? 0),
              count: Number(data.count ?? 1),
              left: Number(data.left ?? 0),
              resource: data.resource ?? 'conversions',
              purpose: data.purpose ?? 'engine',
              what: data.what ?? 'user',
              returned: data.returned ?? 'no',
              why: data.why ?? 'none',
            })}
      </p>
      {href ? (
        <p>
          <Link href={href} className="text-sm font-semibold text-lapis underline underline-offset-4">
            {t('look')}
          </Link>
        </p>
      ) : null}
      <p className="text-sm text-muted">
        {t('at', { day: formatDay(locale, createdAt), time: formatTime(locale, createdAt) })}
      </p>
    </li>
  );
}

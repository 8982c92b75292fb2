'use client';

import { useLocale, useTranslations } from 'next-intl';
import { callAction } from '#components/ui/action/call-action.ts';
import { ConfirmDialog } from '#components/ui/action/confirm-dialog.tsx';
import { Button, buttonLook } from '#components/ui/button.tsx';
import type { MessengerView } from '#lib/bot/chat/list-messengers.ts';
import type { Action } from '#lib/core/action.ts';
import { formatDay } from '#lib/core/dates.ts';

type Props = { messengers: readonly MessengerView[]; unlink: Action<unknown> };

/** The messengers that have a bot of ours: the way there, and the chat that is connected. */
export function MessengerList({ messengers, unlink }: Props) {
  const t = useTranslations('account.messengers');
  const cancel = useTranslations('account')('cancel');
  const locale = useLocale();
  return (
    <ul className="grid">
      {messengers.map(({ platform, url, link }) => {
        const name = t(`names.${platform}`);
        return (
          <li
            key={platform}
            className="grid grid-cols-[minmax(0,1fr)] items-center gap-x-4 gap-y-3 border-t border-line py-4 first:border-0 first:pt-0 md:grid-cols-[minmax(0,1fr)_auto]"
          >
            <div className="grid min-w-0 gap-0.5">
              <p className="font-semibold">{name}</p>
              <p className="text-sm text-muted">
                {link ? t('linked', { day: formatDay(locale, link.linkedAt) }) : t('notLinked')}
              </p>
              {link?.silentAt ? <p className="text-sm text-muted">{t('silent')}</p> : null}
            </div>
            <div className="flex flex-wrap gap-3">
              {url ? (
                <a href={url} className={buttonLook({ variant: 'secondary', size: 'sm' })}>
                  {t('open', { name })}
                </a>
              ) : null}
              {link ? (
                <ConfirmDialog
                  trigger={
                    <Button variant="secondary" size="sm" aria-label={t('unlinkThis', { name })}>
                      {t('unlink')}
                    </Button>
                  }
                  title={t('unlinkTitle')}
                  text={t('unlinkText', { name })}
                  cancel={cancel}
                  confirm={t('unlink')}
                  done={t('unlinked')}
                  work={() => callAction(unlink, { id: link.id })}
                />
              ) : null}
            </div>
          </li>
        );
      })}
    </ul>
  );
}

import { useLocale, useTranslations } from 'next-intl';
import { Badge } from '#components/ui/badge.tsx';
import { Card } from '#components/ui/card.tsx';
import { OwnWords } from '#components/ui/own-words.tsx';
import { rerunConversion } from '#lib/admin/actions.ts';
import type { ConversionDetails } from '#lib/admin/conversion/store.ts';
import { formatDay } from '#lib/core/dates.ts';
import { ActionDialog } from '../action-dialog.tsx';
import { Facts } from '../facts.tsx';
import { Moment } from '../moment.tsx';
import { PhoneNumber } from '../phone.tsx';
import { PlaceLink } from '../place-link.tsx';
import { type ReadyAnswer, ReadyAnswers } from '../ready-answers.tsx';
import { AdminPage } from '../shell/admin-page.tsx';
import { Section } from '../shell/section.tsx';
import { useStyleTitle } from '../style-title.ts';
import { conversionTones } from './conversion-table.tsx';

const ltr = (text: string | null) => <bdi dir="ltr">{text ?? '–'}</bdi>;
const link = 'text-lapis underline underline-offset-4';

type Props = {
  conversion: ConversionDetails;
  answers: readonly ReadyAnswer[];
};

/** One conversion: why it ended so, what was given back, and what to say to whoever asks. */
export function ConversionScreen({ conversion, answers }: Props) {
  const t = useTranslations('admin.conversions');
  const why = useTranslations('admin.failures');
  const places = useTranslations('admin.places');
  const locale = useLocale();
  const titleOf = useStyleTitle();
  const { id, status, failureCode, engine, returnedAt, pool, againId } = conversion;
  const known = status as keyof typeof conversionTones;
  const isFailed = status === 'failed';
  const engineName = (name: string) =>
    t.has(`engineNames.${name}` as 'engineNames.local')
      ? t(`engineNames.${name}` as 'engineNames.local')
      : name;
  return (
    <AdminPage
      above={{ href: '/admin/conversions', text: places('conversions') }}
      title={
        <>
          {why('one')}
          <Badge tone={conversionTones[known] ?? 'neutral'}>{t(`status.${known}`)}</Badge>
        </>
      }
      aside={
        isFailed && failureCode !== 'cancelled' && !againId ? (
          <ActionDialog act="rerun" action={rerunConversion} input={{ id }} variant="primary" />
        ) : null
      }
    >
      <Section title={why('why')}>
        <p data-why={failureCode ?? status}>
          {isFailed ? why(`reason.${failureCode ?? 'internal'}`) : why(`reason.${known}`)}
        </p>
        <p className="text-sm text-muted">
          {returnedAt
            ? why(`returned.${pool}`, { day: formatDay(locale, returnedAt) })
            : why(isFailed ? 'nothingReturned' : 'charged')}
        </p>
        {isFailed ? <p className="text-sm text-muted">{why(`next.${failureCode ?? 'internal'}`)}</p> : null}
      </Section>
      {isFailed ? <ReadyAnswers answers={answers} /> : null}
      <Card aria-label={why('one')}>
        <Facts
          rows={[
            [
              t('who'),
              <PlaceLink key="who" href={`/admin/users/${conversion.userId}`} className={link}>
                {conversion.userName ? <OwnWords>{conversion.userName}</OwnWords> : null}{' '}
                <PhoneNumber phone={conversion.phone} />
              </PlaceLink>,
            ],
            [t('style'), titleOf(conversion.style)],
            [t('engine'), engine ? engineName(engine) : '–'],
            [why('attempts'), why('tries', { count: conversion.attempts })],
            [t('when'), <Moment key="when" at={conversion.createdAt} />],
            [why('began'), <Moment key="began" at={conversion.beganAt} />],
            ...(conversion.words ? [[why('words'), ltr(conversion.words)] as const] : []),
            ...(againId
              ? [
                  [
                    why('again'),
                    <PlaceLink key="again" href={`/admin/conversions/${againId}`} className={link}>
                      {t(`status.${conversion.againStatus as keyof typeof conversionTones}`)}
                    </PlaceLink>,
                  ] as const,
                ]
              : []),
            [why('id'), ltr(id)],
          ]}
        />
      </Card>
    </AdminPage>
  );
}

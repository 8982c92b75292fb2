import { useFormatter, useTranslations } from 'next-intl';
import { Badge } from '#components/ui/badge.tsx';
import { Table, Td, Th } from '#components/ui/table.tsx';
import type { SpendingState } from '#lib/rate-limit/spending.ts';
import { Section } from '../shell/section.tsx';
import { Toman } from '../toman.tsx';

/** What hosted engines and text messages cost today, and whom that has paused. */
export function SpendingSection({ spending }: { spending: readonly SpendingState[] }) {
  const t = useTranslations('admin.spending');
  const format = useFormatter();
  return (
    <Section title={t('title')} lead={t(spending.length > 0 ? 'lead' : 'none')}>
      {spending.length > 0 ? (
        <Table caption={t('title')} stacks="pairs">
          <thead>
            <tr>
              <Th>{t('what')}</Th>
              <Th>{t('calls')}</Th>
              <Th>{t('spent')}</Th>
              <Th>{t('limit')}</Th>
              <Th>{t('state')}</Th>
            </tr>
          </thead>
          <tbody>
            {spending.map(({ purpose, settings, today }) => {
              const { limitRials, paidLimitRials } = settings;
              const state =
                paidLimitRials !== null && today.rials + settings.priceRials > paidLimitRials
                  ? 'stopped'
                  : today.pausedAt
                    ? 'paused'
                    : today.warnedAt
                      ? 'warned'
                      : 'open';
              return (
                <tr key={purpose}>
                  <Td className="font-semibold whitespace-nowrap">{t(`purpose.${purpose}`)}</Td>
                  <Td label={t('calls')} place="end">
                    {format.number(today.calls)}
                  </Td>
                  <Td label={t('spent')} place="wide" className="whitespace-nowrap">
                    <Toman rials={BigInt(Math.round(today.rials))} />
                  </Td>
                  <Td label={t('limit')} place="wide" className="whitespace-nowrap">
                    {limitRials === null ? (
                      t('noLimit')
                    ) : (
                      <>
                        <Toman rials={BigInt(limitRials)} /> (
                        {format.number(today.rials / limitRials, {
                          style: 'percent',
                          maximumFractionDigits: 0,
                        })}
                        )
                      </>
                    )}
                  </Td>
                  <Td>
                    <Badge tone={state === 'open' ? 'success' : state === 'warned' ? 'warning' : 'danger'}>
                      {t(`states.${state}`)}
                    </Badge>
                  </Td>
                </tr>
              );
            })}
          </tbody>
        </Table>
      ) : null}
    </Section>
  );
}

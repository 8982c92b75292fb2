import { useFormatter, useTranslations } from 'next-intl';
import { Alert } from '#components/ui/alert.tsx';
import { Badge } from '#components/ui/badge.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { Table, Td, Th } from '#components/ui/table.tsx';
import type { SettlementView } from '#lib/admin/books/queries.ts';
import type { ReportRow } from '#lib/admin/settlement/store.ts';
import { useGatewayName } from '../gateway-name.ts';
import { Moment } from '../moment.tsx';
import { PlaceLink } from '../place-link.tsx';
import { Section } from '../shell/section.tsx';
import { Toman } from '../toman.tsx';

const link = 'text-lapis underline-offset-4 hover:underline';
/** Fees come in single Rials; people read whole Toman. */
const whole = (rials: bigint) => ((rials + (rials < 0n ? -5n : 5n)) / 10n) * 10n;

/** Reports, newest first, with how far each matches. */
export function ReportTable({ reports }: { reports: readonly ReportRow[] }) {
  const t = useTranslations('admin.settlements');
  const gatewayName = useGatewayName();
  const format = useFormatter();
  if (reports.length === 0) return <EmptyState title={t('none')}>{t('noneText')}</EmptyState>;
  return (
    <Table caption={t('title')} stacks="pairs">
      <thead>
        <tr>
          <Th>{t('report')}</Th>
          <Th>{t('when')}</Th>
          <Th>{t('lines')}</Th>
          <Th>{t('paid')}</Th>
          <Th>{t('fee')}</Th>
          <Th>{t('refunds')}</Th>
          <Th>{t('match')}</Th>
        </tr>
      </thead>
      <tbody>
        {reports.map((report) => (
          <tr key={report.id} data-report={report.id}>
            <Td>
              <PlaceLink href={`/admin/settlements?report=${report.id}`} className={`font-semibold ${link}`}>
                <bdi>{report.name}</bdi>
              </PlaceLink>{' '}
              <span className="text-sm text-muted">{gatewayName(report.gateway)}</span>
            </Td>
            <Td place="end">
              <Moment at={report.createdAt} />
            </Td>
            <Td label={t('lines')}>{format.number(report.lines)}</Td>
            <Td label={t('paid')} place="end">
              <Toman rials={whole(report.amountRials)} />
            </Td>
            <Td label={t('fee')}>
              <Toman rials={whole(report.feeRials)} />
            </Td>
            <Td label={t('refunds')} place="end">
              <Toman rials={whole(report.refundRials)} />
            </Td>
            <Td place="wide">
              <Badge tone={report.unmatched > 0 ? 'warning' : 'success'}>
                {report.unmatched > 0 ? t('unmatched', { count: report.unmatched }) : t('allMatched')}
              </Badge>
            </Td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}

/** One report: its bank deposits, the lines that match nothing, and payments it should have and has not. */
export function ReportDetails({ view: { deposits, odd, unsettled } }: { view: SettlementView }) {
  const t = useTranslations('admin.settlements');
  const format = useFormatter();
  return (
    <>
      {odd.length + unsettled.length === 0 ? <Alert tone="success" title={t('allMatched')} /> : null}
      {odd.length > 0 ? (
        <Section title={t('odd')}>
          <ul className="grid gap-2 text-sm">
            {odd.map((line) => (
              <li key={line.line} data-odd={line.state} className="flex flex-wrap gap-x-4 gap-y-1">
                <span className="text-muted">{t('lineOf', { line: line.line })}</span>
                <Badge tone="warning">{t(`states.${line.state}`)}</Badge>
                <span>{t(`kinds.${line.kind}`)}</span>
                <Toman rials={whole(line.amountRials)} />
                {line.paymentId ? (
                  <PlaceLink href={`/admin/payments/${line.paymentId}`} className={link}>
                    <bdi dir="ltr">{line.reference}</bdi>
                  </PlaceLink>
                ) : (
                  <bdi dir="ltr">{line.reference}</bdi>
                )}
              </li>
            ))}
          </ul>
        </Section>
      ) : null}
      {unsettled.length > 0 ? (
        <Section title={t('missing')}>
          <ul className="grid gap-2 text-sm">
            {unsettled.map((payment) => (
              <li key={payment.id} data-missing={payment.id} className="flex flex-wrap gap-x-4">
                <PlaceLink href={`/admin/payments/${payment.id}`} className={link}>
                  <Moment at={payment.paidAt} />
                </PlaceLink>
                <Toman rials={payment.amountRials} />
                <bdi dir="ltr">{payment.refNumber}</bdi>
              </li>
            ))}
          </ul>
        </Section>
      ) : null}
      {deposits.length > 0 ? (
        <Section title={t('deposits')}>
          <ul className="grid gap-2 text-sm">
            {deposits.map(({ deposit, lines, unmatched, netRials }) => (
              <li key={deposit} className="flex flex-wrap gap-x-4">
                <bdi dir="ltr" className="font-semibold">
                  {deposit}
                </bdi>
                <span>{t('linesOf', { lines })}</span>
                <Toman rials={whole(netRials)} />
                {unmatched > 0 ? (
                  <Badge tone="warning">{t('unmatched', { count: unmatched })}</Badge>
                ) : (
                  <span className="text-muted">{format.number(lines)} ✓</span>
                )}
              </li>
            ))}
          </ul>
        </Section>
      ) : null}
    </>
  );
}

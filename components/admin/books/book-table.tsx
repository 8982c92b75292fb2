import { useFormatter, useTranslations } from 'next-intl';
import { usePlanName } from '#components/payments/plan/plan-name.ts';
import { Badge } from '#components/ui/badge.tsx';
import { Card } from '#components/ui/card.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { Table, Td, Th } from '#components/ui/table.tsx';
import type { BookRow, BookSums } from '#lib/admin/books/store.ts';
import { Facts } from '../facts.tsx';
import { Moment } from '../moment.tsx';
import { PlaceLink } from '../place-link.tsx';
import { Toman } from '../toman.tsx';

/** Fees and VAT come in single Rials; people read whole Toman. */
const whole = (rials: bigint) => ((rials + 5n) / 10n) * 10n;

/** The month in one glance. */
export function BookSummary({ sums }: { sums: BookSums }) {
  const t = useTranslations('admin.books');
  const toman = (rials: bigint) => <Toman rials={whole(rials)} />;
  const net = sums.amountRials - sums.refundRials - sums.feeRials;
  return (
    <Card aria-label={t('sums')}>
      <Facts
        rows={[
          [t('count'), t('counted', { count: sums.count })],
          [t('amount'), toman(sums.amountRials)],
          [t('vat'), toman(sums.vatRials)],
          [
            t('fee'),
            <span key="fee">
              {toman(sums.feeRials)}
              {sums.withoutFee > 0 ? (
                <span className="block text-xs text-muted">
                  {t('withoutFee', { count: sums.withoutFee })}
                </span>
              ) : null}
            </span>,
          ],
          [t('credit'), toman(sums.creditRials)],
          [t('discount'), toman(sums.discountRials)],
          [
            t('refunds'),
            <span key="refunds">
              {toman(sums.refundRials)}{' '}
              <span className="text-xs text-muted">{t('counted', { count: sums.refundCount })}</span>
            </span>,
          ],
          [t('net'), <strong key="net">{net < 0n ? <>−{toman(-net)}</> : toman(net)}</strong>],
        ]}
      />
    </Card>
  );
}

/** Payments of the month, each leading to its own page. */
export function BookTable({ rows }: { rows: readonly BookRow[] }) {
  const t = useTranslations('admin.books');
  const states = useTranslations('admin.payments');
  const format = useFormatter();
  const planName = usePlanName();
  if (rows.length === 0) return <EmptyState title={t('none')}>{t('noneText')}</EmptyState>;
  return (
    <Table caption={t('title')} stacks="pairs">
      <thead>
        <tr>
          <Th>{t('invoice')}</Th>
          <Th>{t('paidAt')}</Th>
          <Th>{t('plan')}</Th>
          <Th>{t('amount')}</Th>
          <Th>{t('vat')}</Th>
          <Th>{t('fee')}</Th>
          <Th>{t('refunds')}</Th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.id} data-book={row.id}>
            <Td label={t('invoice')}>
              <PlaceLink
                href={`/admin/payments/${row.id}`}
                className="font-semibold text-lapis underline-offset-4 hover:underline"
              >
                {row.invoice === null ? t('noInvoice') : format.number(row.invoice)}
              </PlaceLink>
              {row.corrections.map((number) => (
                <span key={number} className="block text-xs text-muted">
                  {t('correctedBy', { number: Number(number) })}
                </span>
              ))}
            </Td>
            <Td place="end">
              <Moment at={row.paidAt ?? row.begunAt} />
              {row.paidAt ? null : (
                <span className="block text-xs text-muted">
                  {states(`status.${row.status as 'pending'}`)}
                </span>
              )}
            </Td>
            <Td className="whitespace-nowrap">{planName(row.planName)}</Td>
            <Td place="end">
              <Toman rials={row.amountRials} />
            </Td>
            <Td label={t('vat')}>
              <Toman rials={whole(row.vatRials)} />
            </Td>
            <Td label={t('fee')} place="end">
              {row.feeRials === null ? t('unknown') : <Toman rials={whole(row.feeRials)} />}
            </Td>
            <Td place="wide">
              {row.refundRials === null ? null : (
                <Badge tone="warning">
                  <Toman rials={whole(row.refundRials)} />
                </Badge>
              )}
            </Td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}

import { useTranslations } from 'next-intl';
import { usePlanName } from '#components/payments/plan/plan-name.ts';
import { Badge } from '#components/ui/badge.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { Table, Td, Th } from '#components/ui/table.tsx';
import type { AnyPaymentRow } from '#lib/admin/payment/store.ts';
import { Moment } from '../moment.tsx';
import { PhoneNumber } from '../phone.tsx';
import { PlaceLink } from '../place-link.tsx';
import { Toman } from '../toman.tsx';

const tones = {
  pending: 'information',
  completed: 'success',
  failed: 'danger',
  cancelled: 'neutral',
  expired: 'neutral',
} as const;

const isKnown = (status: string): status is keyof typeof tones => status in tones;

/** How a payment stands: its status, whether it was given back, and whether a person must look. */
export function PaymentBadges({
  payment,
}: {
  payment: { status: string; refunds?: AnyPaymentRow['refunds']; concerns?: readonly unknown[] };
}) {
  const t = useTranslations('admin.payments');
  const { status, refunds = [], concerns = [] } = payment;
  const isWaiting = refunds.some(({ state }) => state !== 'completed');
  const isEnded = refunds.some(({ endsPurchase }) => endsPurchase);
  return (
    <span className="inline-flex flex-wrap gap-1.5">
      {isKnown(status) ? (
        <Badge tone={tones[status]}>{t(`status.${status}`)}</Badge>
      ) : (
        <Badge>{status}</Badge>
      )}
      {refunds.length > 0 ? (
        <Badge tone="warning">{t(`refund.${isWaiting ? 'pending' : isEnded ? 'completed' : 'part'}`)}</Badge>
      ) : null}
      {concerns.length > 0 ? <Badge tone="warning">{t('attention')}</Badge> : null}
    </span>
  );
}

/** Payments of anybody, each leading to its own page. */
export function PaymentTable({
  payments,
  hasOwner = true,
}: {
  payments: readonly AnyPaymentRow[];
  hasOwner?: boolean;
}) {
  const t = useTranslations('admin.payments');
  const planName = usePlanName();
  if (payments.length === 0) {
    return hasOwner ? (
      <EmptyState title={t('none')}>{t('noneText')}</EmptyState>
    ) : (
      <p className="text-sm text-muted">{t('noneOfAccount')}</p>
    );
  }
  return (
    <Table caption={t('title')} stacks="pairs">
      <thead>
        <tr>
          <Th>{t('when')}</Th>
          {hasOwner ? <Th>{t('who')}</Th> : null}
          <Th>{t('plan')}</Th>
          <Th>{t('amount')}</Th>
          <Th>{t('state')}</Th>
          <Th>{t('ref')}</Th>
        </tr>
      </thead>
      <tbody>
        {payments.map((payment) => (
          <tr key={payment.id}>
            <Td>
              <PlaceLink href={`/admin/payments/${payment.id}`} isMain>
                <Moment at={payment.createdAt} />
              </PlaceLink>
            </Td>
            {hasOwner ? (
              <Td place="end">
                <PlaceLink href={`/admin/${payment.ownerKind}s/${payment.ownerId}`}>
                  <PhoneNumber phone={payment.phone} />
                </PlaceLink>
              </Td>
            ) : null}
            <Td place={hasOwner ? undefined : 'end'} className="whitespace-nowrap">
              {planName(payment.planName)}
            </Td>
            <Td place={hasOwner ? 'end' : undefined}>
              <Toman rials={payment.amountRials} />
            </Td>
            <Td place={hasOwner ? undefined : 'end'}>
              <PaymentBadges payment={payment} />
            </Td>
            <Td place={!payment.refNumber ? 'away' : hasOwner ? 'end' : undefined}>
              <bdi dir="ltr">{payment.refNumber ?? '–'}</bdi>
            </Td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}

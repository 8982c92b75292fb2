import { useTranslations } from 'next-intl';
import { usePlanName } from '#components/payments/plan/plan-name.ts';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { HeardTh, Table, Td, Th } from '#components/ui/table.tsx';
import { attendStray } from '#lib/admin/actions.ts';
import type { Attention } from '#lib/payments/attention/list-attention.ts';
import { ActionDialog } from '../action-dialog.tsx';
import { Moment } from '../moment.tsx';
import { PlaceLink } from '../place-link.tsx';
import { Section } from '../shell/section.tsx';
import { Toman } from '../toman.tsx';
import { PaymentBadges } from './payment-table.tsx';

/** Why somebody must look at a payment; a reason the messages do not know yet stands as it is. */
export function useAttentionReason(): (reason: string) => string {
  const t = useTranslations('admin.payments.why');
  return (reason) => (t.has(reason as 'not_applied') ? t(reason as 'not_applied') : reason);
}

/** Payments that a person must look at, and money at the gateway that belongs to none of ours. */
export function AttentionList({ attention: { payments, strays } }: { attention: Attention }) {
  const t = useTranslations('admin.payments');
  const planName = usePlanName();
  const reasonOf = useAttentionReason();
  return (
    <>
      {payments.length === 0 ? (
        <EmptyState title={t('nothingWaits')}>{t('nothingWaitsText')}</EmptyState>
      ) : (
        <Table caption={t('needsAttention')} stacks="pairs">
          <thead>
            <tr>
              <Th>{t('when')}</Th>
              <Th>{t('reason')}</Th>
              <Th>{t('plan')}</Th>
              <Th>{t('amount')}</Th>
              <Th>{t('state')}</Th>
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
                <Td place="wide" className="min-w-48">
                  {payment.concerns.map(({ reason }) => (
                    <p key={reason}>{reasonOf(reason)}</p>
                  ))}
                </Td>
                <Td className="whitespace-nowrap">{planName(payment.planName)}</Td>
                <Td place="end">
                  <Toman rials={payment.amountRials} />
                </Td>
                <Td place="wide">
                  <PaymentBadges payment={{ status: payment.status }} />
                </Td>
              </tr>
            ))}
          </tbody>
        </Table>
      )}
      {strays.length > 0 ? (
        <Section title={t('strays')} lead={t('straysText')}>
          <Table caption={t('strays')} stacks="pairs">
            <thead>
              <tr>
                <Th>{t('authority')}</Th>
                <Th>{t('amount')}</Th>
                <Th>{t('firstSeen')}</Th>
                <Th>{t('lastSeen')}</Th>
                <HeardTh>{t('act')}</HeardTh>
              </tr>
            </thead>
            <tbody>
              {strays.map((stray) => (
                <tr key={stray.authority}>
                  <Td place="wide">
                    <bdi dir="ltr" className="break-all">
                      {stray.authority}
                    </bdi>
                  </Td>
                  <Td place="wide">
                    <Toman rials={stray.amountRials} />
                  </Td>
                  <Td label={t('firstSeen')} place="wide">
                    <Moment at={stray.firstSeenAt} />
                  </Td>
                  <Td label={t('lastSeen')} place="wide">
                    <Moment at={stray.lastSeenAt} />
                  </Td>
                  <Td place="wide">
                    <ActionDialog
                      act="stray"
                      action={attendStray}
                      input={{ authority: stray.authority }}
                      about={<Toman rials={stray.amountRials} />}
                      size="sm"
                    />
                  </Td>
                </tr>
              ))}
            </tbody>
          </Table>
        </Section>
      ) : null}
    </>
  );
}

import { useTranslations } from 'next-intl';
import { usePlanName } from '#components/payments/plan/plan-name.ts';
import { Alert } from '#components/ui/alert.tsx';
import { Card } from '#components/ui/card.tsx';
import { OwnWords } from '#components/ui/own-words.tsx';
import { attendPayment, checkPayment } from '#lib/admin/actions.ts';
import type { AnyPaymentRow } from '#lib/admin/payment/store.ts';
import { refundPayment } from '#lib/admin/refund/actions.ts';
import { Link } from '#lib/core/i18n/navigation.ts';
import type { RefundEffect } from '#lib/payments/refund/store.ts';
import { ActionDialog } from '../action-dialog.tsx';
import { Facts } from '../facts.tsx';
import { useGatewayName } from '../gateway-name.ts';
import { Moment } from '../moment.tsx';
import { PhoneNumber } from '../phone.tsx';
import { AdminPage } from '../shell/admin-page.tsx';
import { Toman } from '../toman.tsx';
import { useAttentionReason } from './attention-list.tsx';
import { PaymentBadges } from './payment-table.tsx';
import { RefundBlocked, RefundEffectList } from './refund-effect.tsx';
import { RefundList, RefundPart } from './refund-list.tsx';

const ltr = (text: string | null) => <bdi dir="ltr">{text ?? '–'}</bdi>;

/** One payment: what the gateway and we know of it, and what an administrator may do. */
export function PaymentScreen({ payment, effect }: { payment: AnyPaymentRow; effect: RefundEffect | null }) {
  const t = useTranslations('admin.payments');
  const gatewayName = useGatewayName();
  const places = useTranslations('admin.places');
  const planName = usePlanName();
  const reasonOf = useAttentionReason();
  const { id, refunds, concerns, authority } = payment;
  const link = 'text-lapis underline underline-offset-4';
  return (
    <AdminPage
      above={{ href: '/admin/payments', text: places('payments') }}
      title={
        <>
          {t('one')}
          <PaymentBadges payment={payment} />
        </>
      }
      aside={
        <>
          {authority ? <ActionDialog act="check" action={checkPayment} input={{ id }} /> : null}
          {effect && !effect.blockedBy ? (
            <>
              <RefundPart id={id} effect={effect} />
              <ActionDialog
                act="refund"
                action={refundPayment}
                input={{ id }}
                variant="danger"
                effect={<RefundEffectList effect={effect} />}
              />
            </>
          ) : null}
        </>
      }
    >
      {effect?.blockedBy ? <RefundBlocked by={effect.blockedBy} /> : null}
      {concerns.map(({ reason, since, isDismissible }) => (
        <Alert
          key={reason}
          tone="warning"
          title={reasonOf(reason)}
          action={
            isDismissible ? (
              <ActionDialog act="attend" action={attendPayment} input={{ id, concern: reason }} size="sm" />
            ) : undefined
          }
        >
          <Moment at={new Date(since)} />
        </Alert>
      ))}
      <Card aria-label={t('one')}>
        <Facts
          rows={[
            [
              t('who'),
              <Link key="who" href={`/admin/${payment.ownerKind}s/${payment.ownerId}`} className={link}>
                <OwnWords>{payment.name}</OwnWords> <PhoneNumber phone={payment.phone} />
              </Link>,
            ],
            [t('plan'), planName(payment.planName)],
            [t('amount'), <Toman key="amount" rials={payment.amountRials} />],
            [t('when'), <Moment key="when" at={payment.createdAt} />],
            [t('paidAt'), <Moment key="paid" at={payment.paidAt} />],
            [t('gateway'), gatewayName(payment.gateway)],
            [t('authority'), ltr(authority)],
            [t('ref'), ltr(payment.refNumber)],
            [t('card'), ltr(payment.cardNumber)],
            [t('checkedAt'), <Moment key="checked" at={payment.checkedAt} />],
            [t('nextCheckAt'), <Moment key="next" at={payment.nextCheckAt} />],
            [t('lastAnswer'), ltr(payment.lastAnswer)],
            [t('id'), ltr(id)],
            [
              t('trail'),
              <Link key="trail" href={`/admin/audit?target=${id}`} className={link}>
                {t('trailLink')}
              </Link>,
            ],
          ]}
        />
      </Card>
      <RefundList refunds={refunds} />
    </AdminPage>
  );
}

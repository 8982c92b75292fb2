import { useFormatter, useLocale, useTranslations } from 'next-intl';
import { usePlanName } from '#components/payments/plan/plan-name.ts';
import { Alert } from '#components/ui/alert.tsx';
import { Card } from '#components/ui/card.tsx';
import { OwnWords } from '#components/ui/own-words.tsx';
import { attendPayment, checkPayment } from '#lib/admin/actions.ts';
import type { PaymentDetails } from '#lib/admin/payment/store.ts';
import { type PaymentStory, readAnswer } from '#lib/admin/payment/story.ts';
import { refundPayment } from '#lib/admin/refund/actions.ts';
import { formatDay } from '#lib/core/dates.ts';
import type { RefundEffect } from '#lib/payments/refund/store.ts';
import { ActionDialog } from '../action-dialog.tsx';
import { Facts } from '../facts.tsx';
import { useGatewayName } from '../gateway-name.ts';
import { Moment } from '../moment.tsx';
import { PhoneNumber } from '../phone.tsx';
import { PlaceLink } from '../place-link.tsx';
import { type ReadyAnswer, ReadyAnswers } from '../ready-answers.tsx';
import { AdminPage } from '../shell/admin-page.tsx';
import { Section } from '../shell/section.tsx';
import { Toman } from '../toman.tsx';
import { useAttentionReason } from './attention-list.tsx';
import { PaymentBadges } from './payment-table.tsx';
import { RefundBlocked, RefundEffectList } from './refund-effect.tsx';
import { RefundList, RefundPart } from './refund-list.tsx';

const ltr = (text: string | null) => <bdi dir="ltr">{text ?? '–'}</bdi>;

type Props = {
  payment: PaymentDetails;
  story: PaymentStory;
  answers: readonly ReadyAnswer[];
  effect: RefundEffect | null;
};

/** One payment: what became of it and what to say, what the gateway and we know of it, and what may be done. */
export function PaymentScreen({ payment, story, answers, effect }: Props) {
  const t = useTranslations('admin.payments');
  const gatewayName = useGatewayName();
  const places = useTranslations('admin.places');
  const planName = usePlanName();
  const reasonOf = useAttentionReason();
  const locale = useLocale();
  const { id, refunds, concerns, authority } = payment;
  const told = useTranslations('admin.story');
  const format = useFormatter();
  const answer = readAnswer(payment.lastAnswer);
  const { creditRials, discountRials } = payment;
  // Of money that went back nobody asks, though a moment for it stands there.
  const isAskedAgain = !['refunding', 'refunded'].includes(story);
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
      <Section title={told('title')}>
        <p data-story={story}>{told(`what.${story}`)}</p>
        <p className="max-w-text text-sm text-muted">{told(`next.${story}`)}</p>
      </Section>
      <ReadyAnswers answers={answers} />
      <Card aria-label={t('one')}>
        <Facts
          rows={[
            [
              t('who'),
              <PlaceLink
                key="who"
                href={`/admin/${payment.ownerKind}s/${payment.ownerId}`}
                className="underline"
              >
                <OwnWords>{payment.name}</OwnWords> <PhoneNumber phone={payment.phone} />
              </PlaceLink>,
            ],
            [t('plan'), planName(payment.planName)],
            [t('amount'), <Toman key="amount" rials={payment.amountRials} />],
            ...(creditRials + discountRials > 0n
              ? [
                  [
                    told('price'),
                    <Toman key="price" rials={payment.amountRials + creditRials + discountRials} />,
                  ] as const,
                ]
              : []),
            ...(creditRials > 0n
              ? [[told('credit'), <Toman key="credit" rials={creditRials} />] as const]
              : []),
            ...(discountRials > 0n
              ? [[told('discount'), <Toman key="discount" rials={discountRials} />] as const]
              : []),
            ...(payment.invoice === null
              ? []
              : [
                  [
                    told('invoice'),
                    [payment.invoice, ...payment.corrections]
                      .map((one) => format.number(one))
                      .join(locale === 'fa' ? '، ' : ', '),
                  ] as const,
                ]),
            ...(payment.startsAt && payment.endsAt
              ? [
                  [
                    told('month'),
                    told('span', {
                      from: formatDay(locale, payment.startsAt),
                      to: formatDay(locale, payment.endsAt),
                    }),
                  ] as const,
                ]
              : []),
            [t('when'), <Moment key="when" at={payment.createdAt} />],
            [t('paidAt'), <Moment key="paid" at={payment.paidAt} />],
            [t('gateway'), gatewayName(payment.gateway)],
            [t('authority'), ltr(authority)],
            [t('ref'), ltr(payment.refNumber)],
            [t('card'), ltr(payment.cardNumber)],
            [t('checkedAt'), <Moment key="checked" at={payment.checkedAt} />],
            ...(isAskedAgain
              ? [[t('nextCheckAt'), <Moment key="next" at={payment.nextCheckAt} />] as const]
              : []),
            [t('lastAnswer'), answer ? told(`answers.${answer}`) : ltr(payment.lastAnswer)],
            [t('id'), ltr(id)],
          ]}
        />
        <PlaceLink
          href={`/admin/audit?target=${id}`}
          className="mt-4 block w-fit text-sm underline"
          otherwise="nothing"
        >
          {t('trailLink')}
        </PlaceLink>
      </Card>
      <RefundList refunds={refunds} />
    </AdminPage>
  );
}

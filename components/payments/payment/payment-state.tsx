import { clsx } from 'clsx';
import { Ban, CircleAlert, CircleCheck, Clock, type LucideIcon, ScanSearch, Undo2 } from 'lucide-react';
import { useLocale, useTranslations } from 'next-intl';
import { formatDay, formatTime } from '#lib/core/dates.ts';
import { formatToman } from '#lib/core/money.ts';
import type { PaymentState } from '#lib/payments/payment-state.ts';
import type { PaymentView } from '#lib/payments/view.ts';
import { usePlanName } from '../plan/plan-name.ts';
import { paymentDisplay } from './payment-display.ts';

const icons: Readonly<Record<PaymentState, LucideIcon>> = {
  starting: Clock,
  waiting: Clock,
  checking: ScanSearch,
  paid: CircleCheck,
  cancelled: Ban,
  failed: CircleAlert,
  expired: Clock,
  review: ScanSearch,
  refunding: Undo2,
  refunded: Undo2,
};

const colours = {
  neutral: 'bg-sunken text-muted',
  information: 'bg-lapis-soft text-lapis',
  success: 'bg-success-soft text-success',
  warning: 'bg-warning-soft text-warning',
  danger: 'bg-danger-soft text-danger',
};

/**
 * The truth about a payment in one sentence, and what it means. The page draws it again whenever it changes,
 * and screen readers say it.
 */
export function PaymentStateNote({ payment }: { payment: PaymentView }) {
  const t = useTranslations('billing.payment');
  const nameOf = usePlanName();
  const locale = useLocale();
  const { state, expiresAt, checkedAt } = payment;
  const { tone, tellsOfMoney } = paymentDisplay[state];
  const Icon = icons[state];
  return (
    <div role="status" data-state={state} className="grid gap-4">
      <span className={clsx('grid size-14 place-content-center rounded-full', colours[tone])}>
        <Icon aria-hidden="true" className="size-7" />
      </span>
      <h1 className="text-xl font-extrabold md:text-2xl">
        {t(`headline.${state}`, { plan: nameOf(payment.planName) })}
      </h1>
      <div className="grid gap-2">
        <p>
          <Meaning payment={payment} />
        </p>
        {tellsOfMoney ? <p>{t('money')}</p> : null}
        {state === 'waiting' && expiresAt ? (
          <p className="text-sm text-muted">{t('openUntil', { time: formatTime(locale, expiresAt) })}</p>
        ) : null}
        {state === 'checking' && checkedAt ? (
          <p className="text-sm text-muted">{t('lastAsked', { time: formatTime(locale, checkedAt) })}</p>
        ) : null}
      </div>
    </div>
  );
}

function Meaning({ payment }: { payment: PaymentView }) {
  const t = useTranslations('billing.payment');
  const locale = useLocale();
  const { state, kind, startsAt, endsAt, refunds } = payment;
  if (state === 'refunded' || state === 'refunding') {
    const back = refunds.reduce((sum, { amountRials }) => sum + amountRials, 0n);
    const amount = formatToman(back, locale);
    if (state === 'refunding')
      return t(kind === 'pack' ? 'text.refundingPack' : 'text.refunding', { amount });
    return t(`text.refunded.${refunds.at(-1)?.method ?? 'reversal'}`, { amount });
  }
  if (state !== 'paid') return t(`text.${state}`);
  if (kind === 'pack') return t('text.paidPack');
  const now = new Date();
  if (!startsAt || !endsAt || endsAt <= now) return t('ended');
  const days = { from: formatDay(locale, startsAt), to: formatDay(locale, endsAt) };
  return t(startsAt > now ? 'text.paidAhead' : 'text.paid', days);
}

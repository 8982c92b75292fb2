import { useLocale, useTranslations } from 'next-intl';
import { Badge } from '#components/ui/badge.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { Pager } from '#components/ui/pager.tsx';
import type { AccountKind } from '#lib/core/actor.ts';
import { formatDay, formatTime } from '#lib/core/dates.ts';
import { Link } from '#lib/core/i18n/navigation.ts';
import { formatToman } from '#lib/core/money.ts';
import type { PaymentPage } from '#lib/payments/list-payments.ts';
import type { PaymentView } from '#lib/payments/view.ts';
import { billingPaths } from '../paths.ts';
import { usePlanName } from '../plan/plan-name.ts';
import { paymentDisplay } from './payment-display.ts';

type Props = { kind: AccountKind; payments: PaymentPage; isFirstPage: boolean };

/** What was paid or tried, newest first; each line leads to its page. */
export function PaymentList({ kind, payments: { items, next }, isFirstPage }: Props) {
  const t = useTranslations('billing.payments');
  const { home } = billingPaths[kind];
  return (
    <section aria-labelledby="payments" className="grid gap-4">
      <h2 id="payments" className="text-lg font-semibold">
        {t('heading')}
      </h2>
      {items.length > 0 ? (
        <ul className="overflow-hidden rounded-card border border-line bg-surface">
          {items.map((payment) => (
            <PaymentLine key={payment.id} kind={kind} payment={payment} />
          ))}
        </ul>
      ) : isFirstPage ? (
        <EmptyState title={t('empty.title')}>{t('empty.text')}</EmptyState>
      ) : (
        <p className="text-sm text-muted">{t('end')}</p>
      )}
      {isFirstPage ? null : (
        <p>
          <Link href={`${home}#payments`} className="text-sm text-lapis underline underline-offset-4">
            {t('newest')}
          </Link>
        </p>
      )}
      {next ? <Pager href={`${home}?after=${encodeURIComponent(next)}#payments`} label={t('older')} /> : null}
    </section>
  );
}

function PaymentLine({ kind, payment }: { kind: AccountKind; payment: PaymentView }) {
  const t = useTranslations('billing');
  const at = useTranslations('receipt');
  const locale = useLocale();
  const nameOf = usePlanName();
  const { id, state, amountRials, planName, createdAt } = payment;
  return (
    <li className="border-t border-line first:border-0">
      <Link
        href={billingPaths[kind].payment(id)}
        data-payment={state}
        className="grid gap-1.5 px-5 py-4 -outline-offset-2 hover:bg-sunken"
      >
        <span className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1">
          <span className="font-semibold">{t('planName', { plan: nameOf(planName) })}</span>
          <span>{t('amount', { amount: formatToman(amountRials, locale) })}</span>
        </span>
        {/* A long state beside a long day: the day breaks, the states stay below each other. */}
        <span className="flex items-start justify-between gap-x-3 text-sm text-muted">
          <time className="min-w-0" dateTime={createdAt.toISOString()}>
            {at('at', { day: formatDay(locale, createdAt), time: formatTime(locale, createdAt) })}
          </time>
          <Badge tone={paymentDisplay[state].tone}>{t(`states.${state}`)}</Badge>
        </span>
      </Link>
    </li>
  );
}

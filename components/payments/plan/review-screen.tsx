import { useLocale, useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { ClientMessages } from '#components/shell/client-messages.tsx';
import { Card } from '#components/ui/card.tsx';
import type { AccountKind } from '#lib/core/actor.ts';
import { formatDay } from '#lib/core/dates.ts';
import { Link } from '#lib/core/i18n/navigation.ts';
import { formatToman, type Rial } from '#lib/core/money.ts';
import { startUserPayment, startVendorPayment } from '#lib/payments/actions.ts';
import type { QuoteView } from '#lib/payments/queries.ts';
import { CouponForm } from '../coupon/coupon-form.tsx';
import { PayButton } from '../pay-button.tsx';
import { CreditSum } from './credit-sum.tsx';
import { PlanFacts } from './plan-facts.tsx';
import { usePlanName } from './plan-name.ts';

/** What would be bought, for how much and for when, before anything is paid. */
export function ReviewScreen({ kind, view }: { kind: AccountKind; view: QuoteView }) {
  const { quote, code, codeFault } = view;
  const t = useTranslations('billing.review');
  const kinds = useTranslations('billing.kinds');
  const locale = useLocale();
  const nameOf = usePlanName();
  const { plan, credit, startsNow, month } = quote;
  const isPack = month === null;
  const isFree = quote.payableRials === 0n;
  const old = nameOf(credit?.planName ?? '');
  const toman = (amount: Rial) => formatToman(amount, locale);
  return (
    <main id="main" className="page grow py-10 md:py-16">
      <div className="mx-auto grid max-w-text gap-8">
        <div className="grid gap-2">
          <p className="text-sm font-semibold text-primary">{kinds(quote.kind)}</p>
          <h1 className="text-2xl font-extrabold">{t('title')}</h1>
          <p className="text-muted">
            {quote.waitsForEnd ? t('text.waits') : t(`text.${quote.kind}`, { old })}
          </p>
        </div>
        <Card className="grid gap-6">
          <h2 className="text-lg font-semibold">
            {t(isPack ? 'pack' : 'month', { plan: nameOf(plan.name) })}
          </h2>
          <PlanFacts
            name={plan.name}
            term={isPack ? 'pack' : 'month'}
            conversions={plan.conversionsLimit}
            images={plan.imagesLimit}
          />
          {month ? (
            <dl className="grid gap-3 border-t border-line pt-6">
              <Line name={t('starts')}>{startsNow ? t('now') : formatDay(locale, month.startsAt)}</Line>
              <Line name={t('ends')}>{formatDay(locale, month.endsAt)}</Line>
            </dl>
          ) : null}
          <dl className="grid gap-3 border-t border-line pt-6">
            <Line name={t(isPack ? 'packPrice' : 'price')}>
              {t('toman', { amount: toman(quote.priceRials) })}
            </Line>
            {quote.creditRials > 0n ? (
              <Line name={t('credit', { plan: old })}>
                {t('minus', { amount: toman(quote.creditRials) })}
              </Line>
            ) : null}
            {quote.coupon ? (
              <Line name={t('discount', { code: quote.coupon.code })}>
                {t('minus', { amount: toman(quote.discountRials) })}
              </Line>
            ) : null}
            <Line name={t('payable')} isSum>
              {t('toman', { amount: toman(quote.payableRials) })}
            </Line>
          </dl>
          {credit ? <CreditSum credit={credit} quote={quote} /> : null}
          <CouponForm
            kind={kind}
            plan={plan.name}
            code={code}
            fault={codeFault}
            isOn={quote.coupon !== null}
          />
        </Card>
        <ClientMessages namespaces={['billing']}>
          <PayButton
            action={kind === 'user' ? startUserPayment : startVendorPayment}
            plan={plan.name}
            locale={locale}
            payableRials={String(quote.payableRials)}
            code={quote.coupon?.code ?? null}
            label={isFree ? t('startFree') : t('pay', { amount: toman(quote.payableRials) })}
          />
        </ClientMessages>
        <div className="grid gap-2 text-sm text-muted">
          {isFree ? null : <p>{t('gateway')}</p>}
          <p>{t('once')}</p>
          <p>
            <Link href="/plans" className="text-lapis underline underline-offset-4">
              {t('other')}
            </Link>
          </p>
        </div>
      </div>
    </main>
  );
}

function Line({ name, isSum = false, children }: { name: string; isSum?: boolean; children: ReactNode }) {
  return (
    <div
      className={
        isSum
          ? 'flex flex-wrap items-baseline justify-between gap-x-6 text-lg font-extrabold'
          : 'flex flex-wrap items-baseline justify-between gap-x-6'
      }
    >
      <dt className={isSum ? undefined : 'text-sm text-muted'}>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

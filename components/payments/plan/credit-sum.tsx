import { useLocale, useTranslations } from 'next-intl';
import { formatToman, type Rial } from '#lib/core/money.ts';
import type { CreditView, Quote } from '#lib/payments/plan/store.ts';
import { minPayableRials } from '#lib/payments/policy.ts';
import { usePlanName } from './plan-name.ts';

/** How the credit came about, with both of its sums, so that anybody can work it out again. */
export function CreditSum({ credit, quote }: { credit: CreditView; quote: Quote }) {
  const t = useTranslations('billing.review.sum');
  const locale = useLocale();
  const nameOf = usePlanName();
  const { paidRials, daysLeft, daysTotal, quotaLeft, quotaLimit } = credit;
  const toman = (amount: Rial) => formatToman(amount, locale);
  const isLimited = !quote.waitsForEnd && quote.creditRials < credit.creditRials;
  return (
    <details className="group rounded-control border border-line px-4 text-sm" open>
      <summary className="py-3 font-semibold">{t('title')}</summary>
      <div className="grid gap-3 pb-4">
        <p>{t('worth', { plan: nameOf(credit.planName), amount: toman(paidRials) })}</p>
        <ul className="grid gap-2">
          <Sum
            words={t('days', { left: daysLeft, total: daysTotal })}
            parts={[paidRials, daysLeft, daysTotal, credit.byDaysRials]}
          />
          <Sum
            words={t(credit.quota, { left: quotaLeft, total: quotaLimit })}
            parts={[paidRials, quotaLeft, quotaLimit, credit.byQuotaRials]}
          />
        </ul>
        <p className="font-semibold">
          {quote.waitsForEnd ? t('kept') : t('lesser', { amount: toman(credit.creditRials) })}
        </p>
        {isLimited ? (
          <p>{t('least', { least: toman(minPayableRials), amount: toman(quote.creditRials) })}</p>
        ) : null}
      </div>
    </details>
  );
}

/** `worth × left ÷ whole = share`, as sums are written in both languages: from left to right. */
function Sum({ words, parts }: { words: string; parts: readonly [Rial, number, number, Rial] }) {
  const locale = useLocale();
  const [worth, left, whole, share] = parts;
  const count = new Intl.NumberFormat(locale === 'fa' ? 'fa-IR' : 'en-US');
  return (
    <li className="grid gap-0.5">
      <span>{words}</span>
      <span dir="ltr" className="text-muted rtl:text-end">
        {`${formatToman(worth, locale)} × ${count.format(left)} ÷ ${count.format(whole)} = ${formatToman(share, locale)}`}
      </span>
    </li>
  );
}

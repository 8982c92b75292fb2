import { useLocale, useTranslations } from 'next-intl';
import { usePlanName } from '#components/payments/plan/plan-name.ts';
import { formatToman } from '#lib/core/money.ts';
import type { PlanView } from '#lib/payments/plan/view.ts';
import { StripHeading } from './strip-heading.tsx';

type Props = { plans: Record<'user' | 'vendor', readonly PlanView[]> };

/** What it costs, in one glance: every plan, what it gives, its price. Buying is on the plans' own page. */
export function Prices({ plans }: Props) {
  const t = useTranslations('home.prices');
  return (
    <section className="border-y border-line bg-surface py-14 md:py-20">
      <div className="page">
        <StripHeading title={t('title')} text={t('text')} href="/plans" all={t('all')} />
        <div className="mt-8 grid gap-10 md:grid-cols-2 md:gap-16">
          <PriceList title={t('forPeople')} plans={plans.user} />
          <PriceList title={t('forVendors')} plans={plans.vendor} />
        </div>
      </div>
    </section>
  );
}

function PriceList({ title, plans }: { title: string; plans: readonly PlanView[] }) {
  const facts = useTranslations('plans.facts');
  const per = useTranslations('plans');
  const locale = useLocale();
  const nameOf = usePlanName();
  const give = ({ name, isPack, conversions, images }: PlanView) => {
    if (name === 'free') return facts('freeOnce');
    if (name === 'vendor_free') return facts('imagesOnce', { count: images });
    return conversions > 0
      ? facts(isPack ? 'packConversions' : 'conversions', { count: conversions })
      : facts(isPack ? 'packImages' : 'images', { count: images });
  };
  return (
    <div>
      <h3 className="text-sm font-semibold text-muted">{title}</h3>
      <ul className="mt-3 border-b border-line">
        {plans.map((plan) => (
          <li
            key={plan.name}
            className="flex flex-wrap items-baseline justify-between gap-x-6 gap-y-0.5 border-t border-line py-4"
          >
            <span className="font-semibold">{nameOf(plan.name)}</span>
            <span>
              {plan.priceRials > 0n ? (
                <>
                  <span className="font-semibold">{formatToman(plan.priceRials, locale)}</span>{' '}
                  <span className="text-sm text-muted">{per(plan.isPack ? 'once' : 'perMonth')}</span>
                </>
              ) : (
                <span className="text-sm text-muted">{per('noCharge')}</span>
              )}
            </span>
            <span className="w-full text-sm text-muted">{give(plan)}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}

import { useLocale, useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { Card } from '#components/ui/card.tsx';
import { formatToman } from '#lib/core/money.ts';
import type { PlanView } from '#lib/payments/plan/view.ts';
import { PlanFacts } from './plan-facts.tsx';
import { usePlanName } from './plan-name.ts';

type Props = {
  plan: PlanView;
  /** What marks the account's present plan. */
  mark?: ReactNode;
  action?: ReactNode;
};

/** A plan: its price, and how it differs from the others. */
export function PlanCard({ plan, mark, action }: Props) {
  const t = useTranslations('plans');
  const locale = useLocale();
  const nameOf = usePlanName();
  const description = plan.texts[locale]?.description;
  return (
    <Card className="flex flex-col gap-6 md:max-lg:p-6">
      <div className="flex min-h-7 flex-wrap items-center justify-between gap-x-3 gap-y-1">
        <h3 className="text-base font-semibold">{nameOf(plan.name)}</h3>
        {mark}
      </div>
      <p className="flex flex-wrap items-baseline gap-x-2">
        <span className="text-2xl font-extrabold">
          {plan.priceRials > 0n ? formatToman(plan.priceRials, locale) : t('noCharge')}
        </span>
        {plan.priceRials > 0n ? (
          <span className="text-sm text-muted">{t(plan.isPack ? 'once' : 'perMonth')}</span>
        ) : null}
      </p>
      {description ? <p className="text-sm text-muted">{description}</p> : null}
      <PlanFacts
        name={plan.name}
        term={plan.isPack ? 'pack' : plan.priceRials > 0n ? 'month' : 'free'}
        conversions={plan.conversions}
        images={plan.images}
      />
      {action ? <div className="mt-auto">{action}</div> : null}
    </Card>
  );
}

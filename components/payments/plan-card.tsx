import { Check } from 'lucide-react';
import { useLocale, useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { Card } from '#components/ui/card.tsx';
import { formatToman } from '#lib/core/money.ts';
import type { PlanView } from '#lib/payments/view.ts';

/** A plan: its price, and how it differs from the others. */
export function PlanCard({ plan, action }: { plan: PlanView; action?: ReactNode }) {
  const t = useTranslations('plans');
  const locale = useLocale();
  const facts = [
    // The free conversions are given once, not every month.
    plan.name === 'free' ? t('facts.freeOnce') : null,
    plan.priceRials > 0n && plan.conversionsPerMonth > 0
      ? t('facts.conversions', { count: plan.conversionsPerMonth })
      : null,
    plan.imagesPerMonth > 0 ? t('facts.images', { count: plan.imagesPerMonth }) : null,
  ].filter((fact) => fact !== null);
  return (
    <Card className="flex flex-col gap-6">
      <h3 className="text-base font-semibold">
        {t.has(`names.${plan.name}`) ? t(`names.${plan.name}`) : plan.name}
      </h3>
      <p className="flex items-baseline gap-2">
        <span className="text-2xl font-extrabold">{formatToman(plan.priceRials, locale)}</span>
        <span className="text-sm text-muted">{t('perMonth')}</span>
      </p>
      <ul className="grid gap-2.5 text-sm">
        {facts.map((fact) => (
          <li key={fact} className="flex gap-2.5">
            <Check aria-hidden="true" className="mt-0.5 size-5 shrink-0 text-primary" />
            {fact}
          </li>
        ))}
      </ul>
      {action ? <div className="mt-auto">{action}</div> : null}
    </Card>
  );
}

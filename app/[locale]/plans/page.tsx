import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { PlanCard } from '#components/payments/plan-card.tsx';
import { ButtonLink } from '#components/ui/button-link.tsx';
import { listPlansPage } from '#lib/payments/queries.ts';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('plans');
  return { title: t('title'), description: t('text') };
}

/** What is free, what costs what. Buying comes with payments. */
export default async function PlansPage() {
  const t = await getTranslations('plans');
  const plans = await listPlansPage();
  return (
    <main id="main" className="page py-12 md:py-20">
      <h1 className="text-2xl font-extrabold md:text-3xl">{t('title')}</h1>
      <p className="mt-3 max-w-text text-muted">{t('text')}</p>
      <h2 className="mt-12 text-lg font-semibold">{t('forPeople')}</h2>
      <div className="mt-5 grid gap-5 md:grid-cols-3">
        {plans.user.map((plan) => (
          <PlanCard
            key={plan.name}
            plan={plan}
            action={
              plan.priceRials === 0n ? (
                <ButtonLink href="/studio" variant="secondary" wide>
                  {t('start')}
                </ButtonLink>
              ) : null
            }
          />
        ))}
      </div>
      <h2 className="mt-14 text-lg font-semibold">{t('forVendors')}</h2>
      <div className="mt-5 grid gap-5 md:grid-cols-3">
        {plans.vendor.map((plan) => (
          <PlanCard key={plan.name} plan={plan} />
        ))}
      </div>
    </main>
  );
}

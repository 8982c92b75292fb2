import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { PlanList } from '#components/payments/plan/plan-list.tsx';
import { describePage } from '#components/shell/describe-page.ts';
import { Alert } from '#components/ui/alert.tsx';
import { Link } from '#lib/core/i18n/navigation.ts';
import type { Locale } from '#lib/core/i18n/routing.ts';
import { getOwnPlans, listPlansPage } from '#lib/payments/queries.ts';

type Props = { searchParams: Promise<{ payment?: string | string[] }> };

const notes = ['once', 'upgrade', 'end'] as const;

export async function generateMetadata({
  params,
}: {
  params: Promise<{ locale: Locale }>;
}): Promise<Metadata> {
  const { locale } = await params;
  const t = await getTranslations({ locale, namespace: 'plans' });
  return describePage(locale, { title: t('title'), description: t('text'), path: '/plans' });
}

/** What is free, what costs what, and which of it one has. */
export default async function PlansPage({ searchParams }: Props) {
  const [t, plans, own, { payment }] = await Promise.all([
    getTranslations('plans'),
    listPlansPage(),
    getOwnPlans(),
    searchParams,
  ]);
  const mine = own.user ? '/billing' : own.vendor ? '/vendor/billing' : null;
  return (
    <main id="main" className="page grid gap-14 py-12 md:py-20">
      <div>
        {payment === 'unknown' ? (
          <div className="mb-10 max-w-text">
            <Alert tone="warning" title={t('unknown.title')}>
              {t('unknown.text')}{' '}
              {mine ? (
                <Link href={mine} className="text-lapis underline underline-offset-4">
                  {t('unknown.mine')}
                </Link>
              ) : null}
            </Alert>
          </div>
        ) : null}
        <h1 className="text-2xl font-extrabold md:text-3xl">{t('title')}</h1>
        <p className="mt-3 max-w-text text-muted">{t('text')}</p>
      </div>
      <PlanList kind="user" title={t('forPeople')} plans={plans.user} own={own.user} />
      <PlanList kind="vendor" title={t('forVendors')} plans={plans.vendor} own={own.vendor} />
      <ul aria-label={t('notes.label')} className="grid max-w-text gap-1.5 text-sm text-muted">
        {notes.map((note) => (
          <li key={note}>{t(`notes.${note}`)}</li>
        ))}
      </ul>
    </main>
  );
}

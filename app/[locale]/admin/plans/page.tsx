import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { ListExport } from '#components/admin/export/list-export.tsx';
import { FilterLinks } from '#components/admin/filter-links.tsx';
import { NewPlan } from '#components/admin/goods/new-plan.tsx';
import { PlanRows } from '#components/admin/goods/plan-rows.tsx';
import { listAddress, readListQuery, type SearchParams } from '#components/admin/list-address.ts';
import { AdminPage } from '#components/admin/shell/admin-page.tsx';
import { placeRoles } from '#lib/admin/policy.ts';
import { getPlans } from '#lib/admin/queries.ts';
import { requireAdmin } from '#lib/auth/door/current.ts';
import type { Locale } from '#lib/core/i18n/routing.ts';

type Props = { params: Promise<{ locale: Locale }>; searchParams: SearchParams };

const shows = ['all', 'offered', 'retired'] as const;

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('admin');
  return { title: t('plan.title') };
}

/** Every plan and pack, what it will be from now on, and what it will cost from when. */
export default async function AdminPlansPage({ params, searchParams }: Props) {
  const { locale } = await params;
  await requireAdmin(locale, placeRoles.plans);
  const query = await readListQuery(searchParams);
  const show = shows.find((one) => one === query.show) ?? 'all';
  const [t, { plans, coming }] = await Promise.all([getTranslations('admin.plan'), getPlans(locale)]);
  return (
    <AdminPage title={t('title')} lead={t('lead')} aside={<NewPlan />}>
      <FilterLinks
        label={t('show')}
        choices={shows.map((one) => ({
          href: listAddress('/admin/plans', { show: one === 'all' ? undefined : one }),
          label: t(`shows.${one}`),
          isHere: one === show,
        }))}
      />
      <PlanRows
        plans={plans.filter(({ isActive }) => show === 'all' || isActive === (show === 'offered'))}
        coming={coming}
      />
      <ListExport list="plans" query={{ show }} />
    </AdminPage>
  );
}

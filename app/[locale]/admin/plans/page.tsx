import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { NewPlan } from '#components/admin/goods/new-plan.tsx';
import { PlanRows } from '#components/admin/goods/plan-rows.tsx';
import { AdminPage } from '#components/admin/shell/admin-page.tsx';
import { placeRoles } from '#lib/admin/policy.ts';
import { getPlans } from '#lib/admin/queries.ts';
import { requireAdmin } from '#lib/auth/door/current.ts';
import type { Locale } from '#lib/core/i18n/routing.ts';

type Props = { params: Promise<{ locale: Locale }> };

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('admin');
  return { title: t('plan.title') };
}

/** Every plan and pack, what it will be from now on, and what it will cost from when. */
export default async function AdminPlansPage({ params }: Props) {
  const { locale } = await params;
  await requireAdmin(locale, placeRoles.plans);
  const [t, { plans, coming }] = await Promise.all([getTranslations('admin.plan'), getPlans(locale)]);
  return (
    <AdminPage title={t('title')} lead={t('lead')} aside={<NewPlan />}>
      <PlanRows plans={plans} coming={coming} />
    </AdminPage>
  );
}

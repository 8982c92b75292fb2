import type { Metadata } from 'next';
import { getFormatter, getTranslations } from 'next-intl/server';
import { BannerSection } from '#components/admin/banner/banner-section.tsx';
import { StatGrid } from '#components/admin/figures/stat-grid.tsx';
import { Moment } from '#components/admin/moment.tsx';
import { AdminPage } from '#components/admin/shell/admin-page.tsx';
import { WaitingList } from '#components/admin/waiting/waiting-list.tsx';
import { DayChart } from '#components/ui/day-chart.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { getBannerList } from '#lib/admin/banner/queries.ts';
import { placeRoles } from '#lib/admin/policy.ts';
import { getOverview } from '#lib/admin/queries.ts';
import { getWaiting } from '#lib/admin/waiting/queries.ts';
import { requireAdmin } from '#lib/auth/door/current.ts';
import type { Locale } from '#lib/core/i18n/routing.ts';

type Props = { params: Promise<{ locale: Locale }> };

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('admin');
  return { title: t('overview.title') };
}

/** How the whole system is: figures of now, and of the last days. */
export default async function AdminOverviewPage({ params }: Props) {
  const { locale } = await params;
  await requireAdmin(locale, placeRoles.overview);
  const [t, format, { snapshot, days }, banners, waiting] = await Promise.all([
    getTranslations('admin.overview'),
    getFormatter(),
    getOverview(locale),
    getBannerList(locale),
    getWaiting(locale),
  ]);
  if (!snapshot) {
    return (
      <AdminPage title={t('title')}>
        <WaitingList waiting={waiting} />
        <BannerSection banners={banners} now={new Date()} />
        <EmptyState title={t('none')}>{t('noneText')}</EmptyState>
      </AdminPage>
    );
  }
  const sum = (value: (day: (typeof days)[number]) => number) =>
    format.number(days.reduce((total, day) => total + value(day), 0));
  return (
    <AdminPage
      title={t('title')}
      lead={
        <>
          {t('takenAt')} <Moment at={snapshot.takenAt} />
        </>
      }
    >
      <WaitingList waiting={waiting} />
      <StatGrid figures={snapshot.figures} />
      <BannerSection banners={banners} now={new Date()} />
      <div className="grid grid-cols-1 gap-6 xl:grid-cols-2">
        <DayChart
          className="rounded-card border border-line bg-surface p-5"
          title={t('conversions', { count: sum((day) => day.conversions) })}
          series={[
            { name: t('completed'), tone: 'primary' },
            { name: t('failed'), tone: 'saffron' },
          ]}
          days={days.map(({ day, completed, failed }) => ({ day, values: [completed, failed] }))}
        />
        <DayChart
          className="rounded-card border border-line bg-surface p-5"
          title={t('newAccounts', { count: sum((day) => day.newUsers + day.newVendors) })}
          series={[
            { name: t('newUsers'), tone: 'primary' },
            { name: t('newVendors'), tone: 'saffron' },
          ]}
          days={days.map(({ day, newUsers, newVendors }) => ({ day, values: [newUsers, newVendors] }))}
        />
        <DayChart
          className="rounded-card border border-line bg-surface p-5"
          title={t('revenue', { count: sum((day) => Number(day.revenueRials / 10n)) })}
          series={[{ name: t('toman'), tone: 'primary' }]}
          days={days.map(({ day, revenueRials }) => ({ day, values: [Number(revenueRials / 10n)] }))}
        />
        <DayChart
          className="rounded-card border border-line bg-surface p-5"
          title={t('payments', { count: sum((day) => day.payments) })}
          series={[{ name: t('paid'), tone: 'primary' }]}
          days={days.map(({ day, payments }) => ({ day, values: [payments] }))}
        />
      </div>
    </AdminPage>
  );
}

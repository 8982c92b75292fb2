import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { ListExport } from '#components/admin/export/list-export.tsx';
import { FilterLinks } from '#components/admin/filter-links.tsx';
import { BatchSection } from '#components/admin/goods/batch-section.tsx';
import { CouponTable } from '#components/admin/goods/coupon-table.tsx';
import { NewCoupon } from '#components/admin/goods/new-coupon.tsx';
import { listAddress, readListQuery, type SearchParams } from '#components/admin/list-address.ts';
import { SearchBox } from '#components/admin/search-box.tsx';
import { AdminPage } from '#components/admin/shell/admin-page.tsx';
import { Pager } from '#components/ui/pager.tsx';
import { getBatches } from '#lib/admin/batch/queries.ts';
import { readCouponFilter } from '#lib/admin/coupon/read-filter.ts';
import { couponStates } from '#lib/admin/coupon/store.ts';
import { placeRoles } from '#lib/admin/policy.ts';
import { getCoupons } from '#lib/admin/queries.ts';
import { requireAdmin } from '#lib/auth/door/current.ts';
import type { Locale } from '#lib/core/i18n/routing.ts';
import { getPlanNames } from '#lib/payments/queries.ts';

type Props = { params: Promise<{ locale: Locale }>; searchParams: SearchParams };

const path = '/admin/coupons';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('admin.coupons');
  return { title: t('title') };
}

/** Codes that take something off or give something. */
export default async function AdminCouponsPage({ params, searchParams }: Props) {
  const { locale } = await params;
  await requireAdmin(locale, placeRoles.coupons);
  const query = await readListQuery(searchParams);
  const { q = '', after, show } = query;
  const filter = readCouponFilter(query);
  const [t, { items, next }, names, batches] = await Promise.all([
    getTranslations('admin.coupons'),
    getCoupons(locale, filter, after),
    getPlanNames(locale),
    getBatches(locale),
  ]);
  const plans = [...names].map(([value, label]) => ({ value, label }));
  return (
    <AdminPage title={t('title')} lead={t('lead')} aside={<NewCoupon plans={plans} />}>
      <FilterLinks
        label={t('show')}
        choices={couponStates.map((one) => ({
          href: listAddress(path, { show: one, q }),
          label: t(`states.${one}`),
          isHere: one === filter.state,
        }))}
      />
      <SearchBox action={path} label={t('code')} hint={t('searchHint')} value={q} kept={{ show }} />
      <CouponTable coupons={items} />
      {next ? <Pager href={listAddress(path, { show, q, after: next })} /> : null}
      <ListExport list="coupons" query={{ show, q }} />
      <BatchSection batches={batches} />
    </AdminPage>
  );
}

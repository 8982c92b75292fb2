import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { AccountTable } from '#components/admin/account/account-table.tsx';
import { ListExport } from '#components/admin/export/list-export.tsx';
import { FilterLinks } from '#components/admin/filter-links.tsx';
import { listAddress, readListQuery, type SearchParams } from '#components/admin/list-address.ts';
import { SearchBox } from '#components/admin/search-box.tsx';
import { AdminPage } from '#components/admin/shell/admin-page.tsx';
import { Pager } from '#components/ui/pager.tsx';
import { readAccountFilter } from '#lib/admin/account/list-accounts.ts';
import { statesOf } from '#lib/admin/account/store.ts';
import { placeRoles } from '#lib/admin/policy.ts';
import { getAccounts } from '#lib/admin/queries.ts';
import { requireAdmin } from '#lib/auth/door/current.ts';
import type { Locale } from '#lib/core/i18n/routing.ts';

type Props = { params: Promise<{ locale: Locale }>; searchParams: SearchParams };

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('admin');
  return { title: t('accounts.title.vendor') };
}

/** Every vendor, newest first, and a search. */
export default async function AdminVendorsPage({ params, searchParams }: Props) {
  const { locale } = await params;
  await requireAdmin(locale, placeRoles.vendors);
  const query = await readListQuery(searchParams);
  const { q = '', after } = query;
  const filter = readAccountFilter('vendor', query);
  const show = filter.state === 'all' ? undefined : filter.state;
  const [t, { items, next }] = await Promise.all([
    getTranslations('admin.accounts'),
    getAccounts(locale, 'vendor', filter, after),
  ]);
  return (
    <AdminPage title={t('title.vendor')}>
      <FilterLinks
        label={t('state')}
        choices={statesOf.vendor.map((state) => ({
          href: listAddress('/admin/vendors', { show: state === 'all' ? undefined : state, q }),
          label: t(`states.${state}`),
          isHere: state === filter.state,
        }))}
      />
      <SearchBox
        action="/admin/vendors"
        label={t('search.vendor')}
        hint={t('searchHint')}
        value={q}
        kept={{ show }}
      />
      <AccountTable kind="vendor" accounts={items} />
      {next ? <Pager href={listAddress('/admin/vendors', { show, q, after: next })} /> : null}
      <ListExport list="vendors" query={{ show, q }} />
    </AdminPage>
  );
}

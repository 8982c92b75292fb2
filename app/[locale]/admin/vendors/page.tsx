import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { AccountTable } from '#components/admin/account/account-table.tsx';
import { listAddress, readListQuery, type SearchParams } from '#components/admin/list-address.ts';
import { SearchBox } from '#components/admin/search-box.tsx';
import { AdminPage } from '#components/admin/shell/admin-page.tsx';
import { Pager } from '#components/ui/pager.tsx';
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
  const { q = '', after } = await readListQuery(searchParams);
  const [t, { items, next }] = await Promise.all([
    getTranslations('admin.accounts'),
    getAccounts(locale, 'vendor', q, after),
  ]);
  return (
    <AdminPage title={t('title.vendor')}>
      <SearchBox action="/admin/vendors" label={t('search.vendor')} hint={t('searchHint')} value={q} />
      <AccountTable kind="vendor" accounts={items} />
      {next ? <Pager href={listAddress('/admin/vendors', { q, after: next })} /> : null}
    </AdminPage>
  );
}

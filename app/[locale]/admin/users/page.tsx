import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { AccountTable } from '#components/admin/account/account-table.tsx';
import { ListExport } from '#components/admin/export/list-export.tsx';
import { FilterLinks } from '#components/admin/filter-links.tsx';
import { listAddress, readListQuery, type SearchParams } from '#components/admin/list-address.ts';
import { MessageSection } from '#components/admin/message/message-section.tsx';
import { SearchBox } from '#components/admin/search-box.tsx';
import { AdminPage } from '#components/admin/shell/admin-page.tsx';
import { Pager } from '#components/ui/pager.tsx';
import { readAccountFilter } from '#lib/admin/account/list-accounts.ts';
import { statesOf } from '#lib/admin/account/store.ts';
import { placeRoles } from '#lib/admin/policy.ts';
import { getAccounts, getMessagesTo } from '#lib/admin/queries.ts';
import { requireAdmin } from '#lib/auth/door/current.ts';
import type { Locale } from '#lib/core/i18n/routing.ts';

type Props = { params: Promise<{ locale: Locale }>; searchParams: SearchParams };

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('admin');
  return { title: t('accounts.title.user') };
}

/** Every user, newest first, and a search. */
export default async function AdminUsersPage({ params, searchParams }: Props) {
  const { locale } = await params;
  await requireAdmin(locale, placeRoles.users);
  const query = await readListQuery(searchParams);
  const { q = '', after } = query;
  const filter = readAccountFilter('user', query);
  const show = filter.state === 'all' ? undefined : filter.state;
  const [t, { items, next }, messages] = await Promise.all([
    getTranslations('admin.accounts'),
    getAccounts(locale, 'user', filter, after),
    getMessagesTo(locale, q),
  ]);
  return (
    <AdminPage title={t('title.user')}>
      <FilterLinks
        label={t('state')}
        choices={statesOf.user.map((state) => ({
          href: listAddress('/admin/users', { show: state === 'all' ? undefined : state, q }),
          label: t(`states.${state}`),
          isHere: state === filter.state,
        }))}
      />
      <SearchBox
        action="/admin/users"
        label={t('search.user')}
        hint={t('searchHint')}
        value={q}
        kept={{ show }}
      />
      <AccountTable kind="user" accounts={items} />
      {next ? <Pager href={listAddress('/admin/users', { show, q, after: next })} /> : null}
      <ListExport list="users" query={{ show, q }} />
      {messages ? <MessageSection messages={messages} /> : null}
    </AdminPage>
  );
}

import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { AccountTable } from '#components/admin/account/account-table.tsx';
import { listAddress, readListQuery, type SearchParams } from '#components/admin/list-address.ts';
import { MessageSection } from '#components/admin/message/message-section.tsx';
import { SearchBox } from '#components/admin/search-box.tsx';
import { AdminPage } from '#components/admin/shell/admin-page.tsx';
import { Pager } from '#components/ui/pager.tsx';
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
  const { q = '', after } = await readListQuery(searchParams);
  const [t, { items, next }, messages] = await Promise.all([
    getTranslations('admin.accounts'),
    getAccounts(locale, 'user', q, after),
    getMessagesTo(locale, q),
  ]);
  return (
    <AdminPage title={t('title.user')}>
      <SearchBox action="/admin/users" label={t('search.user')} hint={t('searchHint')} value={q} />
      <AccountTable kind="user" accounts={items} />
      {messages ? <MessageSection messages={messages} /> : null}
      {next ? <Pager href={listAddress('/admin/users', { q, after: next })} /> : null}
    </AdminPage>
  );
}

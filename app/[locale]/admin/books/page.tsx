import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { BookExport, BookFilters } from '#components/admin/books/book-filters.tsx';
import { BookSummary, BookTable } from '#components/admin/books/book-table.tsx';
import { GatewaySection } from '#components/admin/books/gateway-section.tsx';
import { TermsDialog, TermsSection } from '#components/admin/books/terms-section.tsx';
import { listAddress, readListQuery, type SearchParams } from '#components/admin/list-address.ts';
import { AdminPage } from '#components/admin/shell/admin-page.tsx';
import { ButtonLink } from '#components/ui/button-link.tsx';
import { Pager } from '#components/ui/pager.tsx';
import { getBooks } from '#lib/admin/books/queries.ts';
import { readBookFilter } from '#lib/admin/books/read-filter.ts';
import { isUnpaid } from '#lib/admin/books/store.ts';
import { placeRoles } from '#lib/admin/policy.ts';
import { requireAdmin } from '#lib/auth/door/current.ts';
import type { Locale } from '#lib/core/i18n/routing.ts';
import { getPlanNames } from '#lib/payments/queries.ts';

type Props = { params: Promise<{ locale: Locale }>; searchParams: SearchParams };

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('admin.books');
  return { title: t('title') };
}

/** The books: what was paid and given back in a month, and by which terms it is sold. */
export default async function AdminBooksPage({ params, searchParams }: Props) {
  const { locale } = await params;
  await requireAdmin(locale, placeRoles.books);
  const query = await readListQuery(searchParams);
  const filter = readBookFilter(query);
  const [t, { page, sums, terms, gateways }, names] = await Promise.all([
    getTranslations('admin.books'),
    getBooks(locale, filter, query.after),
    getPlanNames(locale),
  ]);
  const aside = (
    <>
      <ButtonLink href="/admin/settlements" variant="secondary">
        {t('settlements')}
      </ButtonLink>
      <TermsDialog terms={terms} />
    </>
  );
  const { month, state, gateway, plan } = query;
  const more = page.next ? { month, state, gateway, plan, after: page.next } : null;
  return (
    <AdminPage title={t('title')} lead={t('lead')} aside={aside}>
      <TermsSection terms={terms} />
      <BookFilters filter={filter} plans={[...names].map(([value, label]) => ({ value, label }))} />
      {isUnpaid(filter.state) ? (
        <p className="text-sm text-muted">{t('unpaidLead')}</p>
      ) : (
        <BookSummary sums={sums} />
      )}
      <BookTable rows={page.items} />
      {more ? <Pager href={listAddress('/admin/books', more)} /> : null}
      <BookExport filter={filter} />
      <GatewaySection gateways={gateways} />
    </AdminPage>
  );
}

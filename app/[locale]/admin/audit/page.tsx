import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { AuditFilters } from '#components/admin/audit/audit-filters.tsx';
import { AuditTable } from '#components/admin/audit/audit-table.tsx';
import { ListExport } from '#components/admin/export/list-export.tsx';
import { listAddress, readListQuery, type SearchParams } from '#components/admin/list-address.ts';
import { AdminPage } from '#components/admin/shell/admin-page.tsx';
import { Pager } from '#components/ui/pager.tsx';
import { readAuditFilter } from '#lib/admin/audit/list-audit.ts';
import { placeRoles } from '#lib/admin/policy.ts';
import { getAudit } from '#lib/admin/queries.ts';
import { requireAdmin } from '#lib/auth/door/current.ts';
import type { Locale } from '#lib/core/i18n/routing.ts';

type Props = { params: Promise<{ locale: Locale }>; searchParams: SearchParams };

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('admin');
  return { title: t('audit.title') };
}

/** Everything that was written down, with filters, and as a file. */
export default async function AuditPage({ params, searchParams }: Props) {
  const { locale } = await params;
  await requireAdmin(locale, placeRoles.audit);
  const query = await readListQuery(searchParams);
  const filter = readAuditFilter(query);
  const [t, { items, next }] = await Promise.all([
    getTranslations('admin.audit'),
    getAudit(locale, filter, query.after),
  ]);
  const { action, account, target } = filter;
  const kept = { action, account, target, by: filter.byAdmin ? 'admin' : undefined };
  return (
    <AdminPage title={t('title')} lead={t('lead')}>
      <AuditFilters filter={filter} />
      <AuditTable entries={items} />
      {next ? <Pager href={listAddress('/admin/audit', { ...kept, after: next })} /> : null}
      <ListExport list="audit" query={kept} />
    </AdminPage>
  );
}

import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { ListExport } from '#components/admin/export/list-export.tsx';
import { FilterLinks } from '#components/admin/filter-links.tsx';
import { listAddress, readListQuery, type SearchParams } from '#components/admin/list-address.ts';
import { ImportForm } from '#components/admin/settlement/import-form.tsx';
import { ReportDetails, ReportTable } from '#components/admin/settlement/report-table.tsx';
import { AdminPage } from '#components/admin/shell/admin-page.tsx';
import { ClientMessages } from '#components/shell/client-messages.tsx';
import { Pager } from '#components/ui/pager.tsx';
import { getReportingGateways, getReportsOfGateway, getSettlement } from '#lib/admin/books/queries.ts';
import { placeRoles } from '#lib/admin/policy.ts';
import { requireAdmin } from '#lib/auth/door/current.ts';
import { gatewayNames } from '#lib/core/env/payment-env.ts';
import type { Locale } from '#lib/core/i18n/routing.ts';

type Props = { params: Promise<{ locale: Locale }>; searchParams: SearchParams };

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('admin.settlements');
  return { title: t('title') };
}

/** What the gateway says it has paid out, beside what we know: all reports, or what one of them does not match. */
export default async function AdminSettlementsPage({ params, searchParams }: Props) {
  const { locale } = await params;
  await requireAdmin(locale, placeRoles.books);
  const query = await readListQuery(searchParams);
  const { report, after } = query;
  const gateway = gatewayNames.find((one) => one === query.gateway);
  const [t, view] = await Promise.all([getTranslations('admin.settlements'), getSettlement(locale, report)]);
  if (view) {
    return (
      <AdminPage title={t('one')} above={{ href: '/admin/settlements', text: t('title') }}>
        <ReportDetails view={view} />
      </AdminPage>
    );
  }
  const [books, { items, next }, gateways] = await Promise.all([
    getTranslations('admin.books'),
    getReportsOfGateway(locale, gateway ?? null, after),
    getReportingGateways(locale),
  ]);
  return (
    <AdminPage title={t('title')} lead={t('lead')} above={{ href: '/admin/books', text: t('books') }}>
      <ClientMessages namespaces={['admin.settlements', 'admin.books.gateways', 'admin.reason']}>
        <ImportForm gateways={gateways} />
      </ClientMessages>
      <FilterLinks
        label={books('gateway')}
        choices={[undefined, ...gatewayNames].map((one) => ({
          href: listAddress('/admin/settlements', { gateway: one }),
          label: one ? books(`gateways.${one}`) : books('anyGateway'),
          isHere: one === gateway,
        }))}
      />
      <ReportTable reports={items} />
      {next ? <Pager href={listAddress('/admin/settlements', { gateway, after: next })} /> : null}
      <ListExport list="settlements" query={{ gateway }} />
    </AdminPage>
  );
}

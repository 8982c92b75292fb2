import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { ActionDialog } from '#components/admin/action-dialog.tsx';
import { ListExport } from '#components/admin/export/list-export.tsx';
import { FilterLinks } from '#components/admin/filter-links.tsx';
import { listAddress, readListQuery, type SearchParams } from '#components/admin/list-address.ts';
import { AttentionList } from '#components/admin/payment/attention-list.tsx';
import { PaymentTable } from '#components/admin/payment/payment-table.tsx';
import { SearchBox } from '#components/admin/search-box.tsx';
import { AdminPage } from '#components/admin/shell/admin-page.tsx';
import { Pager } from '#components/ui/pager.tsx';
import { reconcile } from '#lib/admin/actions.ts';
import { readPaymentFilter } from '#lib/admin/payment/search-payments.ts';
import { paymentShows } from '#lib/admin/payment/store.ts';
import { placeRoles } from '#lib/admin/policy.ts';
import { getAttention, getPaymentsOfAll } from '#lib/admin/queries.ts';
import { requireAdmin } from '#lib/auth/door/current.ts';
import type { Locale } from '#lib/core/i18n/routing.ts';

type Props = { params: Promise<{ locale: Locale }>; searchParams: SearchParams };

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('admin');
  return { title: t('payments.title') };
}

/** Payments of everybody, or only those that a person must look at. */
export default async function AdminPaymentsPage({ params, searchParams }: Props) {
  const { locale } = await params;
  await requireAdmin(locale, placeRoles.payments);
  const query = await readListQuery(searchParams);
  const { q = '', after } = query;
  const filter = readPaymentFilter(query);
  const show = filter.show === 'all' ? undefined : filter.show;
  const t = await getTranslations('admin.payments');
  // With a number it is a search among them, without one the list of what a person must do.
  const isAttention = show === 'attention' && q.trim() === '';
  const attention = isAttention ? await getAttention(locale, after) : null;
  const all = isAttention ? null : await getPaymentsOfAll(locale, filter, after);
  const next = attention?.next ?? all?.next ?? null;
  return (
    <AdminPage title={t('title')} aside={<ActionDialog act="reconcile" action={reconcile} />}>
      <FilterLinks
        label={t('show')}
        choices={paymentShows.map((one) => ({
          href: listAddress('/admin/payments', { show: one === 'all' ? undefined : one, q }),
          label: t(`shows.${one}`),
          isHere: one === filter.show,
        }))}
      />
      <SearchBox
        action="/admin/payments"
        label={t('search')}
        hint={t('searchHint')}
        value={q}
        kept={{ show }}
      />
      {attention ? <AttentionList attention={attention} /> : null}
      {all ? <PaymentTable payments={all.items} /> : null}
      {next ? <Pager href={listAddress('/admin/payments', { show, q, after: next })} /> : null}
      <ListExport list="payments" query={{ show, q }} />
    </AdminPage>
  );
}

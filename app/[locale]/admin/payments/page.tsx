import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { ActionDialog } from '#components/admin/action-dialog.tsx';
import { FilterLinks } from '#components/admin/filter-links.tsx';
import { listAddress, readListQuery, type SearchParams } from '#components/admin/list-address.ts';
import { AttentionList } from '#components/admin/payment/attention-list.tsx';
import { PaymentTable } from '#components/admin/payment/payment-table.tsx';
import { SearchBox } from '#components/admin/search-box.tsx';
import { AdminPage } from '#components/admin/shell/admin-page.tsx';
import { Pager } from '#components/ui/pager.tsx';
import { reconcile } from '#lib/admin/actions.ts';
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
  const { q = '', after, show } = await readListQuery(searchParams);
  const t = await getTranslations('admin.payments');
  const isAttention = show === 'attention';
  const attention = isAttention ? await getAttention(locale, after) : null;
  const all = isAttention ? null : await getPaymentsOfAll(locale, q, after);
  const next = attention?.next ?? all?.next ?? null;
  return (
    <AdminPage title={t('title')} aside={<ActionDialog act="reconcile" action={reconcile} />}>
      <FilterLinks
        label={t('show')}
        choices={[
          { href: '/admin/payments', label: t('all'), isHere: !isAttention },
          { href: '/admin/payments?show=attention', label: t('needsAttention'), isHere: isAttention },
        ]}
      />
      {attention ? <AttentionList attention={attention} /> : null}
      {all ? (
        <>
          <SearchBox action="/admin/payments" label={t('search')} hint={t('searchHint')} value={q} />
          <PaymentTable payments={all.items} />
        </>
      ) : null}
      {next ? <Pager href={listAddress('/admin/payments', { show, q, after: next })} /> : null}
    </AdminPage>
  );
}

import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { ActionDialog } from '#components/admin/action-dialog.tsx';
import { InvariantList } from '#components/admin/figures/invariant-list.tsx';
import { SpendingSection } from '#components/admin/figures/spending-section.tsx';
import { AdminPage } from '#components/admin/shell/admin-page.tsx';
import { Alert } from '#components/ui/alert.tsx';
import { Button } from '#components/ui/button.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { reconcile } from '#lib/admin/actions.ts';
import { placeRoles } from '#lib/admin/policy.ts';
import { getInvariants, getSpending } from '#lib/admin/queries.ts';
import { requireAdmin } from '#lib/auth/door/current.ts';
import { type Locale, localePath } from '#lib/core/i18n/routing.ts';

type Props = {
  params: Promise<{ locale: Locale }>;
  searchParams: Promise<{ check?: string | string[] }>;
};

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('admin');
  return { title: t('money.title') };
}

/** Whether every invariant holds: what must always be so, asked of the database when somebody presses the button. */
export default async function MoneyPage({ params, searchParams }: Props) {
  const { locale } = await params;
  await requireAdmin(locale, placeRoles.money);
  const { check } = await searchParams;
  const [t, errors, spending] = await Promise.all([
    getTranslations('admin.money'),
    getTranslations('errors'),
    getSpending(locale),
  ]);
  const checked = check === 'now' ? await getInvariants(locale) : null;
  return (
    <AdminPage
      title={t('title')}
      lead={t('lead')}
      aside={
        <>
          {/* A form and not a link: nothing that reads whole tables is fetched before somebody asks for it. */}
          <form action={localePath(locale, '/admin/money')}>
            <input type="hidden" name="check" value="now" />
            <Button type="submit">{t(checked ? 'again' : 'check')}</Button>
          </form>
          <ActionDialog act="reconcile" action={reconcile} />
        </>
      }
    >
      <SpendingSection spending={spending} />
      {checked === null ? <EmptyState title={t('unasked')}>{t('unaskedText')}</EmptyState> : null}
      {checked?.ok ? <InvariantList checked={checked.value} /> : null}
      {checked && !checked.ok ? <Alert tone="warning">{errors(checked.code)}</Alert> : null}
    </AdminPage>
  );
}

import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { CircularList } from '#components/admin/circular/circular-list.tsx';
import { NewCircular } from '#components/admin/circular/new-circular.tsx';
import { ListExport } from '#components/admin/export/list-export.tsx';
import { FilterLinks } from '#components/admin/filter-links.tsx';
import { listAddress, readListQuery, type SearchParams } from '#components/admin/list-address.ts';
import { AdminPage } from '#components/admin/shell/admin-page.tsx';
import { Section } from '#components/admin/shell/section.tsx';
import { Pager } from '#components/ui/pager.tsx';
import { getCirculars } from '#lib/admin/circular/queries.ts';
import { circularStates } from '#lib/admin/circular/store.ts';
import { placeRoles } from '#lib/admin/policy.ts';
import { requireAdmin } from '#lib/auth/door/current.ts';
import type { Locale } from '#lib/core/i18n/routing.ts';
import { businessKinds } from '#lib/gallery/vendor/kinds.ts';

type Props = { params: Promise<{ locale: Locale }>; searchParams: SearchParams };

const path = '/admin/circulars';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('admin.circulars');
  return { title: t('title') };
}

/** Notices of the operators: a new one, and those that were sent. */
export default async function AdminCircularsPage({ params, searchParams }: Props) {
  const { locale } = await params;
  await requireAdmin(locale, placeRoles.circulars);
  const { after, ...query } = await readListQuery(searchParams);
  const show = circularStates.find((one) => one === query.show) ?? 'all';
  const [t, kinds, { items, next }] = await Promise.all([
    getTranslations('admin.circulars'),
    getTranslations('vendorProfile.kinds'),
    getCirculars(locale, show, after),
  ]);
  return (
    <AdminPage title={t('title')} lead={t('lead')}>
      <Section title={t('new')}>
        <NewCircular shopKinds={businessKinds.map((value) => ({ value, label: kinds(value) }))} />
      </Section>
      <Section
        title={t('sent')}
        aside={
          <FilterLinks
            label={t('show')}
            choices={circularStates.map((one) => ({
              href: listAddress(path, { show: one === 'all' ? undefined : one }),
              label: t(`states.${one}`),
              isHere: one === show,
            }))}
          />
        }
      >
        <CircularList rows={items} />
      </Section>
      {next ? <Pager href={listAddress(path, { show, after: next })} /> : null}
      <ListExport list="circulars" query={{ show }} />
    </AdminPage>
  );
}

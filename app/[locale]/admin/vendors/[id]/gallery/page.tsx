import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { ListExport } from '#components/admin/export/list-export.tsx';
import { FilterLinks } from '#components/admin/filter-links.tsx';
import { listAddress, readListQuery, type SearchParams } from '#components/admin/list-address.ts';
import { GalleryGrid } from '#components/admin/moderation/gallery-grid.tsx';
import { AdminPage } from '#components/admin/shell/admin-page.tsx';
import { Pager } from '#components/ui/pager.tsx';
import { galleryStates } from '#lib/admin/gallery/store.ts';
import { placeRoles } from '#lib/admin/policy.ts';
import { getVendorGallery } from '#lib/admin/queries.ts';
import { requireAdmin } from '#lib/auth/door/current.ts';
import type { Locale } from '#lib/core/i18n/routing.ts';

type Props = { params: Promise<{ locale: Locale; id: string }>; searchParams: SearchParams };

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('admin.gallery');
  return { title: t('title') };
}

/** Everything one vendor has sent, for an administrator who has to go through it. */
export default async function AdminGalleryPage({ params, searchParams }: Props) {
  const { locale, id } = await params;
  await requireAdmin(locale, placeRoles.gallery);
  const { after, show } = await readListQuery(searchParams);
  const state = galleryStates.find((one) => one === show) ?? 'all';
  const [t, gallery] = await Promise.all([
    getTranslations('admin.gallery'),
    getVendorGallery(locale, id, state, after),
  ]);
  if (!gallery) notFound();
  const { vendor, page } = gallery;
  const path = `/admin/vendors/${id}`;
  return (
    <AdminPage above={{ href: path, text: vendor.name ?? vendor.phone }} title={t('title')} lead={t('lead')}>
      <FilterLinks
        label={t('show')}
        choices={galleryStates.map((one) => ({
          href: listAddress(`${path}/gallery`, { show: one === 'all' ? undefined : one }),
          label: one === 'all' ? t('all') : t(`state.${one}`),
          isHere: one === state,
        }))}
      />
      <GalleryGrid images={page.items} />
      {page.next ? (
        <Pager href={listAddress(`${path}/gallery`, { show, after: page.next })} label={t('next')} />
      ) : null}
      <ListExport list="gallery" query={{ vendor: id, show: state }} />
    </AdminPage>
  );
}

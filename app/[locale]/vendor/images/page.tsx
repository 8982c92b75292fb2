import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { Suspense } from 'react';
import { GridSkeleton, LineSkeleton } from '#components/gallery/gallery-skeletons.tsx';
import { KindQuestion } from '#components/gallery/kind-question.tsx';
import { FreeSlots } from '#components/gallery/library/free-slots.tsx';
import { GalleryUploader } from '#components/gallery/library/gallery-uploader.tsx';
import { LibraryFilters, libraryPath } from '#components/gallery/library/library-filters.tsx';
import { LibraryScreen } from '#components/gallery/library/library-screen.tsx';
import { TrashScreen } from '#components/gallery/library/trash-screen.tsx';
import { ClientMessages } from '#components/shell/client-messages.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { Pager } from '#components/ui/pager.tsx';
import { requireVendor } from '#lib/auth/door/current.ts';
import { type Locale, localePath } from '#lib/core/i18n/routing.ts';
import { getAlbumChoices } from '#lib/gallery/album/queries.ts';
import { type LibraryQuery, libraryQuery } from '#lib/gallery/library/input.ts';
import { getFigures, getLibraryPage, getOwnTags } from '#lib/gallery/library/queries.ts';
import { getOwnBusiness } from '#lib/gallery/vendor/queries.ts';
import { getVendorQuotaView } from '#lib/quota/queries.ts';

type Props = {
  params: Promise<{ locale: Locale }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('library.gallery');
  return { title: t('title'), robots: { index: false } };
}

/** A vendor's pictures: bring many in, find them, and do things with them. */
export default async function GalleryImagesPage({ params, searchParams }: Props) {
  const { locale } = await params;
  await requireVendor(locale);
  const [query, t] = [libraryQuery.parse(await searchParams), await getTranslations('library.gallery')];
  return (
    <main id="main" className="page grid grid-cols-1 content-start gap-6 py-8 md:py-10">
      <div className="grid gap-1">
        <h1 className="text-2xl font-extrabold">{t('title')}</h1>
        <Suspense fallback={<LineSkeleton />}>
          <Room />
        </Suspense>
      </div>
      <Suspense fallback={<GridSkeleton />}>
        <Library query={query} locale={locale} />
      </Suspense>
    </main>
  );
}

async function Room() {
  const [figures, quota] = await Promise.all([getFigures(), getVendorQuotaView()]);
  return figures && quota ? <FreeSlots quota={quota} figures={figures} /> : null;
}

async function Library({ query, locale }: { query: LibraryQuery; locale: Locale }) {
  const [t, page, figures, quota, albums, tags, own] = await Promise.all([
    getTranslations('library.gallery'),
    getLibraryPage(query),
    getFigures(),
    getVendorQuotaView(),
    getAlbumChoices(),
    getOwnTags(),
    getOwnBusiness(),
  ]);
  if (!figures || !quota) return null;
  const isTrash = query.show === 'trash';
  const isSearch = query.q !== '' || query.tag !== '';
  return (
    <>
      <ClientMessages
        namespaces={['files', 'library', 'albums', 'looks', 'vendorLooks', 'vendorOffer', 'vendorProfile']}
      >
        {own && !isTrash ? <KindQuestion business={own} images={page.images} /> : null}
        {isTrash ? null : <GalleryUploader room={quota.totalRemaining} business={own?.kind ?? null} />}
        {figures.images + figures.trash > 0 ? (
          <LibraryFilters
            query={query}
            figures={figures}
            tags={tags}
            action={localePath(locale, '/vendor/images')}
          />
        ) : null}
        {page.images.length === 0 ? (
          <EmptyState title={t(isSearch ? 'none' : isTrash ? 'bin.none' : 'empty')}>
            {isSearch ? t('noneHint') : isTrash ? null : t('emptyHint')}
          </EmptyState>
        ) : isTrash ? (
          <TrashScreen images={page.images} figures={figures} />
        ) : (
          <LibraryScreen
            shop={own?.handle ?? ''}
            images={page.images}
            business={own?.kind ?? null}
            albums={albums}
            knownTags={tags}
          />
        )}
      </ClientMessages>
      {page.next ? <Pager href={libraryPath({ ...query, after: page.next })} label={t('older')} /> : null}
    </>
  );
}

import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { Suspense } from 'react';
import { AlbumHead } from '#components/gallery/album/album-head.tsx';
import { AlbumScreen } from '#components/gallery/album/album-screen.tsx';
import { AlbumUploader } from '#components/gallery/album/album-uploader.tsx';
import { KeptAsSentNote } from '#components/gallery/album/kept-as-sent.tsx';
import { TakeLoose } from '#components/gallery/album/take-loose.tsx';
import { GridSkeleton } from '#components/gallery/gallery-skeletons.tsx';
import { KindQuestion } from '#components/gallery/kind-question.tsx';
import { AlbumLinks } from '#components/sharing/album-links.tsx';
import { ClientMessages } from '#components/shell/client-messages.tsx';
import { Breadcrumbs } from '#components/ui/breadcrumbs.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { Pager } from '#components/ui/pager.tsx';
import { requireVendor } from '#lib/auth/door/current.ts';
import type { Locale } from '#lib/core/i18n/routing.ts';
import { albumPageQuery } from '#lib/gallery/album/input.ts';
import { getAlbumChoices, getKeptAsSent, getOwnAlbum } from '#lib/gallery/album/queries.ts';
import type { AlbumView } from '#lib/gallery/album/view.ts';
import { libraryQuery } from '#lib/gallery/library/input.ts';
import { getAlbumImages, getLibraryPage, getOwnTags } from '#lib/gallery/library/queries.ts';
import { getOwnBusiness } from '#lib/gallery/vendor/queries.ts';
import { getVendorQuotaView } from '#lib/quota/queries.ts';
import { getAlbumLinks } from '#lib/sharing/album-link/queries.ts';

type Props = {
  params: Promise<{ locale: Locale; id: string }>;
  searchParams: Promise<{ page?: string | string[] }>;
};

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('albums');
  return { title: t('one'), robots: { index: false } };
}

/** One album of the signed-in vendor's; anybody else's is not there. */
export default async function AlbumPage({ params, searchParams }: Props) {
  const { locale, id } = await params;
  await requireVendor(locale);
  const query = albumPageQuery.safeParse({ id, ...(await searchParams) });
  const album = query.success ? await getOwnAlbum(query.data.id) : null;
  if (!query.success || !album) notFound();
  const t = await getTranslations('albums');
  return (
    <main id="main" className="page grid grid-cols-1 content-start gap-6 py-8 md:py-10">
      <Breadcrumbs steps={[{ href: '/vendor/albums', text: t('title') }]} />
      <Suspense fallback={<GridSkeleton />}>
        <Desk album={album} page={query.data.page} locale={locale} />
      </Suspense>
    </main>
  );
}

async function Desk({ album, page, locale }: { album: AlbumView; page: number; locale: Locale }) {
  const [t, { images, following }, albums, tags, quota, own, links, kept] = await Promise.all([
    getTranslations('albums'),
    getAlbumImages(album.id, album.imageOrder, page),
    getAlbumChoices(),
    getOwnTags(),
    getVendorQuotaView(),
    getOwnBusiness(),
    getAlbumLinks(locale, album.id),
    getKeptAsSent(album.id),
  ]);
  const loose =
    images.length === 0
      ? (await getLibraryPage(libraryQuery.parse({ show: 'loose' }))).images.map(({ id }) => id)
      : [];
  const hiddenIds = images.flatMap((image) =>
    !image.isPublic && image.moderation === 'accepted' ? [image.id] : [],
  );
  return (
    <>
      <ClientMessages
        namespaces={[
          'albums',
          'library',
          'files',
          'auth',
          'looks',
          'vendorLooks',
          'vendorOffer',
          'outside.qr',
          'vendorProfile',
        ]}
      >
        <AlbumHead album={album} handle={own?.handle ?? ''} hiddenIds={hiddenIds} />
        {own ? <KindQuestion business={own} images={images} /> : null}
        <AlbumUploader
          albumId={album.id}
          version={album.version}
          room={quota?.totalRemaining ?? 0}
          isEmpty={album.imageCount === 0}
          business={own?.kind ?? null}
          keepsSent={album.keepsSent}
        />
        <KeptAsSentNote album={album} kept={kept} />
        {images.length === 0 ? (
          <EmptyState
            title={t('emptyAlbum')}
            action={loose.length > 0 ? <TakeLoose albumId={album.id} imageIds={loose} /> : undefined}
          >
            {t('emptyAlbumHint')}
          </EmptyState>
        ) : (
          <>
            {album.imageOrder === 'manual' ? null : (
              <p className="text-sm text-muted">{t(`orderedBy.${album.imageOrder}`)}</p>
            )}
            <AlbumScreen
              album={album}
              images={images}
              following={following}
              albums={albums}
              knownTags={tags}
              shop={own?.handle ?? ''}
            />
          </>
        )}
      </ClientMessages>
      {following ? <Pager href={`/vendor/albums/${album.id}?page=${page + 1}`} label={t('more')} /> : null}
      <ClientMessages namespaces={['albumLinks', 'sharing', 'auth']}>
        <AlbumLinks albumId={album.id} links={links} hasSent={album.keepsSent || kept.files > 0} />
      </ClientMessages>
    </>
  );
}

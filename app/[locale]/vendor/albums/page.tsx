import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { Suspense } from 'react';
import { NewAlbumForm } from '#components/gallery/album/album-fields.tsx';
import { AlbumList } from '#components/gallery/album/album-list.tsx';
import { CardsSkeleton } from '#components/gallery/gallery-skeletons.tsx';
import { ClientMessages } from '#components/shell/client-messages.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { requireVendor } from '#lib/auth/door/current.ts';
import type { Locale } from '#lib/core/i18n/routing.ts';
import { getOwnAlbums } from '#lib/gallery/album/queries.ts';

type Props = { params: Promise<{ locale: Locale }> };

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('albums');
  return { title: t('title'), robots: { index: false } };
}

/** A vendor's albums, in the order that visitors find them. */
export default async function AlbumsPage({ params }: Props) {
  const { locale } = await params;
  await requireVendor(locale);
  const t = await getTranslations('albums');
  return (
    <main id="main" className="page grid grid-cols-1 content-start gap-8 py-8 md:py-10">
      <div className="grid gap-1">
        <h1 className="text-2xl font-extrabold">{t('title')}</h1>
        <p className="text-sm text-muted">{t('lead')}</p>
      </div>
      <ClientMessages namespaces={['albums', 'library', 'auth']}>
        <NewAlbumForm />
        <Suspense fallback={<CardsSkeleton />}>
          <Albums />
        </Suspense>
      </ClientMessages>
    </main>
  );
}

async function Albums() {
  const [t, albums] = await Promise.all([getTranslations('albums'), getOwnAlbums()]);
  if (albums.length === 0) return <EmptyState title={t('empty')}>{t('emptyHint')}</EmptyState>;
  return <AlbumList albums={albums} />;
}

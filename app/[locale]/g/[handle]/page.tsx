import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { JsonLd } from '#components/explore/json-ld.tsx';
import { KindFilter } from '#components/explore/kind-filter.tsx';
import { fromOne, imageNames } from '#components/explore/lightbox/shown-image.ts';
import { GrowingAlbums } from '#components/explore/list/growing-albums.tsx';
import { GrowingGrid } from '#components/explore/list/growing-grid.tsx';
import { VendorHeader } from '#components/explore/vendor-header.tsx';
import { VisitBeacon } from '#components/explore/visit-beacon.tsx';
import { ClientMessages } from '#components/shell/client-messages.tsx';
import { describePage } from '#components/shell/describe-page.ts';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { permanentRedirect } from '#lib/core/i18n/navigation.ts';
import type { Locale } from '#lib/core/i18n/routing.ts';
import { oembedUrl } from '#lib/gallery/embed/read-embed.ts';
import { nextAlbumsPath, nextPath } from '#lib/gallery/explore/more-items.ts';
import { isLookKind } from '#lib/gallery/look/kinds.ts';
import { publicUrl } from '#lib/gallery/public/address.ts';
import { businessObject, cardOf, productObject } from '#lib/gallery/public/page-meta.ts';
import { profilePath } from '#lib/gallery/public/paths.ts';
import { findVendorPage, type GalleryQuery } from '#lib/gallery/public/read-gallery.ts';

type Props = {
  params: Promise<{ locale: Locale; handle: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

/** What the address says, each part once. */
function toQuery(given: Awaited<Props['searchParams']>): GalleryQuery {
  const text = (name: string) => {
    const value = given[name];
    return typeof value === 'string' ? value : undefined;
  };
  return {
    cursor: text('cursor'),
    albums: text('albums'),
    image: text('image'),
    look: isLookKind(given.look) ? given.look : null,
  };
}

async function load({ params, searchParams }: Props) {
  const [{ locale, handle }, given] = await Promise.all([params, searchParams]);
  const query = toQuery(given);
  return { locale, handle, query, page: await findVendorPage(handle, query) };
}

export async function generateMetadata(props: Props): Promise<Metadata> {
  const { locale, query, page } = await load(props);
  if (!page || 'moved' in page) return {};
  const { vendor, images } = page;
  const t = await getTranslations('gallery');
  const description = vendor.bio ?? t('profileText', { name: vendor.name });
  const opened = images.items.find(({ id }) => id === query.image) ?? images.items[0];
  return describePage(locale, {
    title: vendor.name,
    description,
    path: profilePath(vendor.handle),
    type: 'profile',
    oembed: oembedUrl(locale, vendor.handle),
    ...(opened ? { card: cardOf(opened, imageNames(t, vendor.name).altOf(opened)) } : {}),
    isListed: !query.cursor && !query.albums && !query.look,
  });
}

/** The public page of a vendor: who they are, their albums in their order, their images. */
export default async function ProfilePage(props: Props) {
  const { locale, handle, query, page } = await load(props);
  if (!page) notFound();
  if ('moved' in page) return permanentRedirect({ href: profilePath(page.moved), locale });
  const { vendor, albums, kinds, images } = page;
  const look = query.look ?? null;
  const home = profilePath(vendor.handle);
  if (handle !== vendor.handle) return permanentRedirect({ href: home, locale });
  const t = await getTranslations('gallery');
  const here = `${home}?${look ?? ''}${query.cursor ?? ''}`;
  const albumsHere = `${home}?albums=${query.albums ?? ''}`;
  const offered = images.items.filter(({ offer }) => offer !== null);
  const nothing = albums.items.length + images.items.length === 0;
  return (
    <main id="main" className="page grid content-start gap-12 py-10 md:py-14">
      <ClientMessages namespaces={['gallery', 'looks', 'report', 'offer']}>
        <VendorHeader vendor={vendor} />
        {albums.items.length > 0 ? (
          <section aria-labelledby="albums" className="grid min-w-0 grid-cols-1 gap-5">
            <h2 id="albums" className="text-lg font-semibold">
              {t('albums')}
            </h2>
            <GrowingAlbums
              key={albumsHere}
              list={albumsHere}
              items={albums.items}
              next={nextAlbumsPath(vendor.handle, albums)}
              first
            />
          </section>
        ) : null}
        {images.items.length > 0 || look ? (
          <section aria-labelledby="images" className="grid min-w-0 grid-cols-1 gap-5">
            <h2 id="images" className="text-lg font-semibold">
              {t('images')}
            </h2>
            {kinds.length > 1 || look ? (
              <KindFilter
                kinds={kinds}
                chosen={look}
                hrefOf={(one) => (one ? `${home}?look=${one}` : home)}
              />
            ) : null}
            {images.items.length > 0 ? (
              <GrowingGrid
                key={here}
                list={here}
                items={fromOne(images.items, home)}
                next={nextPath(home, images.next, look)}
                label={t('images')}
                from={vendor.name}
                first={albums.items.length > 0 ? 0 : 2}
              />
            ) : null}
          </section>
        ) : null}
        {nothing ? (
          <EmptyState title={t(look ? 'emptyKind.title' : 'emptyProfile.title')}>
            {t(look ? 'emptyKind.text' : 'emptyProfile.text')}
          </EmptyState>
        ) : null}
      </ClientMessages>
      <VisitBeacon vendor={vendor.id} />
      {query.cursor || query.albums ? null : (
        <JsonLd
          data={{
            '@type': 'ProfilePage',
            url: publicUrl(locale, home),
            mainEntity: {
              ...businessObject(vendor, publicUrl(locale, home)),
              ...(offered.length > 0
                ? {
                    makesOffer: offered.map((image) => ({
                      '@type': 'Offer',
                      itemOffered: productObject(image, t('images')),
                    })),
                  }
                : {}),
            },
          }}
        />
      )}
    </main>
  );
}

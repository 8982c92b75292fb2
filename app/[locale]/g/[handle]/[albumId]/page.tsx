import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { JsonLd } from '#components/explore/json-ld.tsx';
import { KindFilter } from '#components/explore/kind-filter.tsx';
import { ShareButton } from '#components/explore/lightbox/share-button.tsx';
import { fromOne, imageNames, joinWords } from '#components/explore/lightbox/shown-image.ts';
import { GrowingGrid } from '#components/explore/list/growing-grid.tsx';
import { VendorName } from '#components/explore/vendor-name.tsx';
import { VisitBeacon } from '#components/explore/visit-beacon.tsx';
import { ClientMessages } from '#components/shell/client-messages.tsx';
import { describePage } from '#components/shell/describe-page.ts';
import { Breadcrumbs } from '#components/ui/breadcrumbs.tsx';
import { ButtonLink } from '#components/ui/button-link.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { OwnWords } from '#components/ui/own-words.tsx';
import { permanentRedirect } from '#lib/core/i18n/navigation.ts';
import { type Locale, localePath } from '#lib/core/i18n/routing.ts';
import { nextPath } from '#lib/gallery/explore/more-items.ts';
import { isLookKind } from '#lib/gallery/look/kinds.ts';
import { publicUrl } from '#lib/gallery/public/address.ts';
import { cardOf, imageObject, productObject } from '#lib/gallery/public/page-meta.ts';
import { albumPath, profilePath, tryKitPath } from '#lib/gallery/public/paths.ts';
import { findAlbumPage } from '#lib/gallery/public/read-gallery.ts';

type Props = {
  params: Promise<{ locale: Locale; handle: string; albumId: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

/** As many images as a search engine reads of one page. */
const described = 20;

async function load({ params, searchParams }: Props) {
  const [{ locale, handle, albumId }, given] = await Promise.all([params, searchParams]);
  const query = {
    cursor: typeof given.cursor === 'string' ? given.cursor : undefined,
    image: typeof given.image === 'string' ? given.image : undefined,
    look: isLookKind(given.look) ? given.look : null,
  };
  return { locale, handle, albumId, query, page: await findAlbumPage(handle, albumId, query) };
}

export async function generateMetadata(props: Props): Promise<Metadata> {
  const { locale, query, page } = await load(props);
  if (!page || 'moved' in page) return {};
  const t = await getTranslations('gallery');
  const { vendor, name, images } = page;
  const path = albumPath(vendor.handle, page.id);
  const title = t('albumTitle', { name, vendor: vendor.name });
  const description = page.description ?? t('albumText', { name, vendor: vendor.name });
  const opened = images.items.find(({ id }) => id === query.image) ?? page.cover ?? images.items[0];
  return describePage(locale, {
    title,
    description,
    path,
    type: 'article',
    ...(opened ? { card: cardOf(opened, imageNames(t, joinWords([name, vendor.name])).altOf(opened)) } : {}),
    isListed: !query.cursor && !query.look,
  });
}

/** A public album: title, vendor, picture rows. */
export default async function AlbumPage(props: Props) {
  const { locale, handle, albumId, query, page } = await load(props);
  if (!page) notFound();
  if ('moved' in page) return permanentRedirect({ href: albumPath(page.moved, albumId), locale });
  const { id, vendorId, vendor, name, description, isStyleKit, kinds, images } = page;
  const path = albumPath(vendor.handle, id);
  if (handle !== vendor.handle) return permanentRedirect({ href: path, locale });
  const [t, shell] = await Promise.all([getTranslations('gallery'), getTranslations('shell.pages')]);
  const offered = images.items.filter(({ offer }) => offer !== null);
  const here = `${path}?${query.look ?? ''}${query.cursor ?? ''}`;
  return (
    <main id="main" className="page grid grid-cols-1 content-start gap-8 py-10 md:py-14">
      <ClientMessages namespaces={['gallery', 'looks', 'report', 'offer']}>
        <div className="grid grid-cols-1 gap-4 md:flex md:items-start md:justify-between">
          <div className="min-w-0">
            <Breadcrumbs
              steps={[
                { href: '/explore', text: shell('explore') },
                {
                  href: profilePath(vendor.handle),
                  text: <VendorName name={vendor.name} isVerified={vendor.isVerified} />,
                },
              ]}
            />
            <h1 className="mt-1 text-2xl font-extrabold md:text-3xl">
              <OwnWords>{name}</OwnWords>
            </h1>
            {description ? (
              <p className="mt-2 max-w-text whitespace-pre-line text-muted">
                <OwnWords>{description}</OwnWords>
              </p>
            ) : null}
          </div>
          <div className="flex flex-wrap gap-3">
            {isStyleKit && images.items.length > 0 ? (
              <ButtonLink href={tryKitPath(id)} rel="nofollow">
                {t('trySet')}
              </ButtonLink>
            ) : null}
            <ShareButton path={localePath(locale, path)} title={name} />
          </div>
        </div>
        {kinds.length > 1 || query.look ? (
          <KindFilter
            kinds={kinds}
            chosen={query.look}
            hrefOf={(one) => (one ? `${path}?look=${one}` : path)}
          />
        ) : null}
        {images.items.length > 0 ? (
          <section>
            <h2 className="sr-only">{t('images')}</h2>
            <GrowingGrid
              key={here}
              list={here}
              items={fromOne(images.items, path)}
              next={nextPath(path, images.next, query.look)}
              label={t('images')}
              from={joinWords([name, vendor.name])}
              first={4}
            />
          </section>
        ) : (
          <EmptyState title={t(query.look ? 'emptyKind.title' : 'emptyAlbum.title')}>
            {t(query.look ? 'emptyKind.text' : 'emptyAlbum.text')}
          </EmptyState>
        )}
      </ClientMessages>
      <VisitBeacon vendor={vendorId} album={id} />
      {query.cursor ? null : (
        <JsonLd
          data={{
            '@type': 'ImageGallery',
            name,
            url: publicUrl(locale, path),
            ...(description ? { description } : {}),
            author: {
              '@type': 'Organization',
              name: vendor.name,
              url: publicUrl(locale, profilePath(vendor.handle)),
            },
            image: images.items.slice(0, described).map(imageObject),
            ...(offered.length > 0 ? { mentions: offered.map((image) => productObject(image, name)) } : {}),
          }}
        />
      )}
    </main>
  );
}

import { useTranslations } from 'next-intl';
import { ButtonLink } from '#components/ui/button-link.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { Pager } from '#components/ui/pager.tsx';
import type { ExploreKind, ExplorePage, ExploreQuery } from '#lib/gallery/explore-gallery.ts';
import { nextExplorePath } from '#lib/gallery/more-images.ts';
import { explorePath } from '#lib/gallery/public-paths.ts';
import { AlbumCard } from './album-card.tsx';
import { GrowingGrid } from './growing-grid.tsx';
import { SectionHeading } from './section-heading.tsx';
import { fromEverywhere } from './shown-image.ts';
import { VendorCard } from './vendor-card.tsx';

/** What was found: vendors, albums and images, each with the way on. */
export function ExploreResults({ query, page }: { query: ExploreQuery; page: ExplorePage }) {
  const t = useTranslations('explore');
  const { q, tag, sort, show } = query;
  const { images, albums, vendors, tooShort } = page;
  const pathWith = (more: { show?: ExploreKind | null; cursor?: string | null }) =>
    explorePath({ q, tag, sort: sort === 'newest' ? null : sort, show, ...more });
  const here = pathWith({ cursor: query.cursor ?? null });
  const allOf = (kind: ExploreKind, next: string | null) =>
    show === null && next ? { href: pathWith({ show: kind, cursor: null }), label: t(`all.${kind}`) } : null;

  if (images.items.length + albums.items.length + vendors.items.length === 0) {
    const asked = q || tag;
    return (
      <EmptyState
        title={t(tooShort ? 'tooShort.title' : asked ? 'nothing.title' : 'empty.title')}
        action={
          asked ? (
            <ButtonLink href="/explore" variant="secondary">
              {t('nothing.action')}
            </ButtonLink>
          ) : null
        }
      >
        {t(tooShort ? 'tooShort.text' : asked ? 'nothing.text' : 'empty.text')}
      </EmptyState>
    );
  }
  return (
    <div className="grid min-w-0 grid-cols-1 gap-12">
      {vendors.items.length > 0 ? (
        <section aria-labelledby="vendors" className="grid min-w-0 grid-cols-1 gap-5">
          <SectionHeading id="vendors" more={allOf('vendors', vendors.next)}>
            {t('vendors')}
          </SectionHeading>
          <ul className="grid gap-4 sm:grid-cols-2 lg:grid-cols-3">
            {vendors.items.map((vendor) => (
              <li key={vendor.handle} className="min-w-0">
                <VendorCard vendor={vendor} />
              </li>
            ))}
          </ul>
          {show === 'vendors' && vendors.next ? (
            <Pager href={pathWith({ cursor: vendors.next })} label={t('more')} />
          ) : null}
        </section>
      ) : null}
      {albums.items.length > 0 ? (
        <section aria-labelledby="albums" className="grid min-w-0 grid-cols-1 gap-5">
          <SectionHeading id="albums" more={allOf('albums', albums.next)}>
            {t('albums')}
          </SectionHeading>
          <ul className="grid grid-cols-1 gap-x-4 gap-y-7 min-[30rem]:grid-cols-2 md:grid-cols-3 lg:gap-x-6">
            {albums.items.map((album, index) => (
              <li key={album.id} className="min-w-0">
                <AlbumCard album={album} withVendor first={index === 0 && vendors.items.length === 0} />
              </li>
            ))}
          </ul>
          {show === 'albums' && albums.next ? (
            <Pager href={pathWith({ cursor: albums.next })} label={t('more')} />
          ) : null}
        </section>
      ) : null}
      {images.items.length > 0 ? (
        <section aria-labelledby="images" className="grid min-w-0 grid-cols-1 gap-5">
          <SectionHeading id="images">
            {t(sort === 'tried' && !q ? 'mostTried' : q ? 'images' : 'newest')}
          </SectionHeading>
          <GrowingGrid
            key={here}
            list={here}
            images={fromEverywhere(images.items)}
            next={nextExplorePath(query, images.next)}
            label={t('images')}
            first={albums.items.length + vendors.items.length > 0 ? 0 : 2}
          />
        </section>
      ) : null}
    </div>
  );
}

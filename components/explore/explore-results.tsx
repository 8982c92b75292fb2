import { useTranslations } from 'next-intl';
import { ButtonLink } from '#components/ui/button-link.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';
import type { ExploreKind, ExplorePage, ExploreQuery } from '#lib/gallery/explore/explore-gallery.ts';
import { nextExplorePath } from '#lib/gallery/explore/more-items.ts';
import { explorePath } from '#lib/gallery/public/paths.ts';
import { fromEverywhere } from './lightbox/shown-image.ts';
import { GrowingAlbums } from './list/growing-albums.tsx';
import { GrowingGrid } from './list/growing-grid.tsx';
import { GrowingVendors } from './list/growing-vendors.tsx';
import { SectionHeading } from './section-heading.tsx';

/** What was found: vendors, albums and images, each with the way on. */
export function ExploreResults({ query, page }: { query: ExploreQuery; page: ExplorePage }) {
  const t = useTranslations('explore');
  const { q, tag, sort, look, show, kind, city } = query;
  const { images, albums, vendors, tooShort } = page;
  const pathWith = (more: { show?: ExploreKind | null; cursor?: string | null }) =>
    explorePath({ q, tag, sort: sort === 'newest' ? null : sort, look, show, kind, city, ...more });
  const here = pathWith({ cursor: query.cursor ?? null });
  const allOf = (one: ExploreKind, next: string | null) =>
    show === null && next && (q || one !== 'vendors')
      ? { href: pathWith({ show: one, cursor: null }), label: t(`all.${one}`) }
      : null;
  /** Above the images there are only the first of each; all of them have a page of their own. */
  const goesOn = (one: ExploreKind, next: string | null) =>
    // Of a kind or a city the vendors are what is looked through.
    show === one || (one === 'vendors' && !q) ? nextExplorePath(query, one, next) : null;

  if (images.items.length + albums.items.length + vendors.items.length === 0) {
    const asked = q || tag || look || kind || city;
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
          <GrowingVendors
            key={here}
            list={`${here}#vendors`}
            items={vendors.items}
            next={goesOn('vendors', vendors.next)}
          />
        </section>
      ) : null}
      {albums.items.length > 0 ? (
        <section aria-labelledby="albums" className="grid min-w-0 grid-cols-1 gap-5">
          <SectionHeading id="albums" more={allOf('albums', albums.next)}>
            {t('albums')}
          </SectionHeading>
          <GrowingAlbums
            key={here}
            list={`${here}#albums`}
            items={albums.items}
            next={goesOn('albums', albums.next)}
            withVendor
            first={vendors.items.length === 0}
          />
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
            items={fromEverywhere(images.items)}
            next={nextExplorePath(query, 'images', images.next)}
            label={t('images')}
            first={albums.items.length + vendors.items.length > 0 ? 0 : 2}
          />
        </section>
      ) : null}
    </div>
  );
}

import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { ExploreFilters } from '#components/explore/explore-filters.tsx';
import { folded } from '#components/explore/explore-fold.tsx';
import { ExploreResults } from '#components/explore/explore-results.tsx';
import { ExploreSearch } from '#components/explore/explore-search.tsx';
import { JsonLd } from '#components/explore/json-ld.tsx';
import { KindFilter } from '#components/explore/kind-filter.tsx';
import { ClientMessages } from '#components/shell/client-messages.tsx';
import { describePage } from '#components/shell/describe-page.ts';
import { OwnWords } from '#components/ui/own-words.tsx';
import type { Locale } from '#lib/core/i18n/routing.ts';
import { exploreGallery, toExploreQuery } from '#lib/gallery/explore/explore-gallery.ts';
import { lookKinds } from '#lib/gallery/look/kinds.ts';
import { publicUrl } from '#lib/gallery/public/address.ts';
import { explorePath } from '#lib/gallery/public/paths.ts';

type Props = {
  params: Promise<{ locale: Locale }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export async function generateMetadata({ params, searchParams }: Props): Promise<Metadata> {
  const [{ locale }, given, t] = await Promise.all([params, searchParams, getTranslations('explore')]);
  const { q, tag, sort, look, show, kind, city, cursor } = toExploreQuery(given);
  const title = q ? t('foundTitle', { q }) : tag ? t('tagTitle', { tag }) : t('title');
  return describePage(locale, {
    title,
    description: t('text'),
    card: { url: `/samples/card-explore-${locale}.jpg` },
    path: explorePath({ tag: q ? null : tag, sort: sort === 'tried' && !q ? sort : null }),
    // Endless combinations of one and the same are for people, not for an index.
    isListed: !(q || cursor || show || look || kind || city),
  });
}

/** Vendors, albums and images of everybody: newest, most tried, by tag and by words. */
export default async function ExplorePage({ params, searchParams }: Props) {
  const [{ locale }, given, t] = await Promise.all([params, searchParams, getTranslations('explore')]);
  const query = toExploreQuery(given);
  const page = await exploreGallery(query);
  const { q, cursor, look, show, kind, city } = query;
  return (
    <main
      id="main"
      className="page grid grid-cols-[minmax(0,1fr)] content-start gap-6 py-5 md:gap-8 md:py-14"
    >
      <div data-folds className="grid grid-cols-[minmax(0,1fr)] gap-3 md:gap-5">
        <div>
          <h1 className="text-2xl font-extrabold md:text-3xl">
            {q ? t.rich('found', { q, mark: (text) => <OwnWords>{text}</OwnWords> }) : t('title')}
          </h1>
          {q ? null : <p className="mt-2 max-w-text text-muted max-md:hidden">{t('text')}</p>}
        </div>
        <div className="max-w-text">
          <ExploreSearch query={query} cities={page.cities} />
        </div>
        {q && (show === null || show === 'images') ? (
          <div className={folded}>
            <KindFilter
              kinds={lookKinds}
              chosen={look}
              hrefOf={(one) => explorePath({ q, look: one, kind, city })}
            />
          </div>
        ) : null}
        {q || show || kind || city || (cursor && page.tags.length === 0) ? null : (
          <div className={folded}>
            <ExploreFilters query={query} tags={page.tags} />
          </div>
        )}
      </div>
      <ClientMessages namespaces={['gallery', 'looks', 'report', 'offer']}>
        <ExploreResults query={query} page={page} />
      </ClientMessages>
      {q || cursor ? null : (
        <JsonLd
          data={{
            '@type': 'CollectionPage',
            name: t('title'),
            description: t('text'),
            url: publicUrl(locale, '/explore'),
          }}
        />
      )}
    </main>
  );
}

import { SlidersHorizontal } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { OwnWords } from '#components/ui/own-words.tsx';
import type { ExploreQuery } from '#lib/gallery/explore/explore-gallery.ts';
import { explorePath } from '#lib/gallery/public/paths.ts';

/**
 * On a phone what carries it is folded away until the button is pressed that stands with it in one `data-folds`. A browser
 * that cannot tell shows it.
 */
export const folded = 'min-w-0 max-md:[[data-folds]:not(:has(details[open]))_&]:hidden';

/** On a phone the one button before the pictures, which says what is chosen behind it; it needs no script. */
export function ExploreFold({ query }: { query: ExploreQuery }) {
  const t = useTranslations('explore');
  const looks = useTranslations('looks.kind');
  const kinds = useTranslations('vendorProfile.kinds');
  const { sort, tag, look, kind, city } = query;
  const chosen = [
    sort === 'newest' ? null : t(`sort.${sort}`),
    look && looks(look),
    tag,
    kind && kinds(kind),
    city,
  ].filter((one) => one);
  return (
    // What was pressed in it has been done: on the page that comes it is closed.
    <details key={explorePath(query)} className="min-w-0 md:hidden">
      <summary className="inline-flex h-10 max-w-full cursor-pointer list-none items-center gap-2 rounded-control border border-line bg-surface px-3.5 text-sm [&::-webkit-details-marker]:hidden [details[open]_&]:bg-sunken">
        <SlidersHorizontal aria-hidden="true" className="size-4 shrink-0" />
        <span className="shrink-0 font-semibold">{t('filters')}</span>
        {chosen.length > 0 ? (
          <OwnWords className="min-w-0 truncate font-semibold text-primary">{chosen.join(' · ')}</OwnWords>
        ) : null}
      </summary>
    </details>
  );
}

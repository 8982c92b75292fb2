import { clsx } from 'clsx';
import { useTranslations } from 'next-intl';
import { OwnWords } from '#components/ui/own-words.tsx';
import { Link } from '#lib/core/i18n/navigation.ts';
import { type ExploreQuery, exploreSorts } from '#lib/gallery/explore/explore-gallery.ts';
import { cleanTag } from '#lib/gallery/library/tags.ts';
import { lookKinds } from '#lib/gallery/look/kinds.ts';
import { explorePath } from '#lib/gallery/public/paths.ts';
import { chip, KindFilter } from './kind-filter.tsx';

/** By what the images are ordered, and the tags they carry most. */
export function ExploreFilters({ query, tags }: { query: ExploreQuery; tags: readonly string[] }) {
  const t = useTranslations('explore');
  const { sort, tag, look } = query;
  /** However it is spelled: joined, parted, or with a half-space. */
  const key = (one: string) => cleanTag(one).replaceAll(' ', '');
  const chosen = tag ? key(tag) : null;
  const shown = tag && !tags.some((one) => key(one) === chosen) ? [tag, ...tags] : tags;
  return (
    <div className="grid min-w-0 grid-cols-[minmax(0,1fr)] gap-4">
      <nav
        aria-label={t('sort.label')}
        className="flex gap-1 justify-self-start rounded-control border border-line bg-sunken p-1"
      >
        {exploreSorts.map((one) => (
          <Link
            key={one}
            href={explorePath({ sort: one === 'newest' ? null : one, tag, look })}
            aria-current={one === sort ? 'true' : undefined}
            className="inline-flex h-9 items-center rounded-[7px] px-4 text-sm text-muted hover:text-ink aria-[current]:bg-raised aria-[current]:font-semibold aria-[current]:text-ink"
          >
            {t(`sort.${one}`)}
          </Link>
        ))}
      </nav>
      <KindFilter
        kinds={lookKinds}
        chosen={look}
        hrefOf={(one) => explorePath({ sort: sort === 'newest' ? null : sort, tag, look: one })}
      />
      {shown.length > 0 ? (
        <nav aria-label={t('tags')} className="rail -mx-6 gap-2 px-6 py-1 lg:mx-0 lg:flex-wrap lg:px-0">
          {shown.map((one) => {
            const isOn = key(one) === chosen;
            return (
              <Link
                key={one}
                href={explorePath({ sort: sort === 'newest' ? null : sort, tag: isOn ? null : one, look })}
                aria-current={isOn ? 'true' : undefined}
                className={clsx(chip, isOn && 'border-primary bg-primary-soft font-semibold text-primary')}
              >
                <OwnWords>{one}</OwnWords>
              </Link>
            );
          })}
        </nav>
      ) : null}
    </div>
  );
}

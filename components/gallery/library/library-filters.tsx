import { clsx } from 'clsx';
import { Search } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Button } from '#components/ui/button.tsx';
import { Input } from '#components/ui/form/input.tsx';
import { OwnWords } from '#components/ui/own-words.tsx';
import { Link } from '#lib/core/i18n/navigation.ts';
import { type ImageFilter, imageFilters, type LibraryQuery } from '#lib/gallery/library/input.ts';
import type { GalleryFigures } from '#lib/gallery/library/store.ts';
import { cleanTag } from '#lib/gallery/library/tags.ts';

/** The address of the library's page with this much of a query. */
export function libraryPath(query: Partial<LibraryQuery>): string {
  const { show = 'all', tag, q, after } = query;
  const parts = new URLSearchParams();
  if (show !== 'all') parts.set('show', show);
  if (tag) parts.set('tag', tag);
  if (q) parts.set('q', q);
  if (after) parts.set('after', after);
  const text = parts.toString();
  return text ? `/vendor/images?${text}` : '/vendor/images';
}

type Props = { query: LibraryQuery; figures: GalleryFigures; tags: readonly string[]; action: string };

/** Which of the images are shown: all of them, those that want something, or what a word finds. */
export function LibraryFilters({ query, figures, tags, action }: Props) {
  const t = useTranslations('library.gallery.filter');
  const counts: Record<ImageFilter, number | null> = {
    all: figures.images,
    hidden: figures.hidden,
    public: figures.images - figures.hidden,
    loose: figures.loose,
    wordless: figures.wordless,
    twins: figures.twins,
    trash: figures.trash,
  };
  const chosen = cleanTag(query.tag);
  const isChosen = (tag: string) => chosen !== '' && cleanTag(tag) === chosen;
  const shown = imageFilters.filter(
    (show) => show === 'all' || show === query.show || (counts[show] ?? 0) > 0,
  );
  return (
    <div className="grid grid-cols-1 gap-3">
      <nav aria-label={t('label')} className="rail -mx-6 gap-1.5 px-6">
        {shown.map((show) => (
          <Link
            key={show}
            href={libraryPath({ show })}
            aria-current={show === query.show ? 'page' : undefined}
            className={chip}
          >
            {t(show)}
            <span className="tabular text-xs opacity-80">{t('count', { count: counts[show] ?? 0 })}</span>
          </Link>
        ))}
      </nav>
      <div className="flex flex-wrap items-center gap-3">
        <search className="min-w-0 grow sm:max-w-form">
          <form method="get" action={action} className="flex min-w-0 gap-2">
            {query.show === 'all' ? null : <input type="hidden" name="show" value={query.show} />}
            <Input
              name="q"
              type="search"
              defaultValue={query.q}
              aria-label={t('search')}
              placeholder={t('search')}
              dir="auto"
            />
            <Button type="submit" variant="secondary" size="icon" className="size-12" aria-label={t('find')}>
              <Search aria-hidden="true" />
            </Button>
          </form>
        </search>
        {tags.length > 0 && query.show !== 'trash' ? (
          <nav aria-label={t('tags')} className="rail min-w-0 gap-1.5">
            {tags.slice(0, 8).map((tag) => (
              <Link
                key={tag}
                href={libraryPath({ show: query.show, tag: isChosen(tag) ? '' : tag })}
                aria-current={isChosen(tag) ? 'true' : undefined}
                className={clsx(chip, 'text-xs')}
              >
                <OwnWords>{tag}</OwnWords>
              </Link>
            ))}
          </nav>
        ) : null}
      </div>
    </div>
  );
}

const chip =
  'inline-flex min-h-10 shrink-0 items-center gap-2 rounded-full border border-line bg-surface px-4 text-sm whitespace-nowrap text-muted hover:border-field hover:text-ink aria-[current]:border-primary aria-[current]:bg-primary-soft aria-[current]:font-semibold aria-[current]:text-primary';

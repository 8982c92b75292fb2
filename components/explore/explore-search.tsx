import { clsx } from 'clsx';
import { Search } from 'lucide-react';
import { useLocale, useTranslations } from 'next-intl';
import { Button } from '#components/ui/button.tsx';
import { Input } from '#components/ui/form/input.tsx';
import { SelectField } from '#components/ui/form/select-field.tsx';
import { localePath } from '#lib/core/i18n/routing.ts';
import type { ExploreQuery } from '#lib/gallery/explore/explore-gallery.ts';
import { longestSearch } from '#lib/gallery/explore/search-terms.ts';
import { businessKinds } from '#lib/gallery/vendor/kinds.ts';
import { ExploreFold, folded } from './explore-fold.tsx';

type Props = { query: ExploreQuery; cities: readonly string[] };

/** The search of the galleries, by words, by kind of business and by city: a plain form, which needs nothing but a browser. */
export function ExploreSearch({ query, cities }: Props) {
  const { q, look, kind, city } = query;
  const t = useTranslations('explore');
  const kinds = useTranslations('vendorProfile.kinds');
  const offered = city && !cities.includes(city) ? [city, ...cities] : cities;
  return (
    // biome-ignore lint/a11y/useSemanticElements: React does not know the element `search` in every version we meet
    <form role="search" action={localePath(useLocale(), '/explore')} method="get" className="grid gap-3">
      {look ? <input type="hidden" name="look" value={look} /> : null}
      <div className="flex gap-2">
        <label htmlFor="explore-q" className="sr-only">
          {t('search.label')}
        </label>
        <Input
          id="explore-q"
          type="search"
          name="q"
          defaultValue={q}
          maxLength={longestSearch}
          placeholder={t('search.placeholder')}
          enterKeyHint="search"
          autoComplete="off"
          className="min-w-0 grow"
        />
        <Button type="submit" className="min-h-12" aria-label={t('search.submit')}>
          <Search aria-hidden="true" />
          <span className="hidden sm:inline">{t('search.submit')}</span>
        </Button>
      </div>
      <ExploreFold query={query} />
      <div className={clsx('grid grid-cols-2 gap-2', folded)}>
        <SelectField
          name="kind"
          label={t('place.kind')}
          labelIsHidden
          defaultValue={kind ?? ''}
          options={[
            { value: '', label: t('place.everyKind') },
            ...businessKinds.map((value) => ({ value, label: kinds(value) })),
          ]}
        />
        <SelectField
          name="city"
          label={t('place.city')}
          labelIsHidden
          defaultValue={city}
          options={[
            { value: '', label: t('place.everyCity') },
            ...offered.map((value) => ({ value, label: value })),
          ]}
        />
      </div>
    </form>
  );
}

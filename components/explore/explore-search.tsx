import { Search } from 'lucide-react';
import { useLocale, useTranslations } from 'next-intl';
import { Button } from '#components/ui/button.tsx';
import { Input } from '#components/ui/form/input.tsx';
import { localePath } from '#lib/core/i18n/routing.ts';
import { longestSearch } from '#lib/gallery/explore/search-terms.ts';
import type { LookKind } from '#lib/gallery/look/kinds.ts';

/** The search of the galleries: a plain form, which needs nothing but a browser. */
export function ExploreSearch({ q, look }: { q: string; look: LookKind | null }) {
  const t = useTranslations('explore');
  return (
    // biome-ignore lint/a11y/useSemanticElements: React does not know the element `search` in every version we meet
    <form role="search" action={localePath(useLocale(), '/explore')} method="get" className="flex gap-2">
      {look ? <input type="hidden" name="look" value={look} /> : null}
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
    </form>
  );
}

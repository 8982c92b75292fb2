import { useTranslations } from 'next-intl';

/** The first stop of the Tab key: straight to the page. Every page's `<main>` carries `id="main"`. */
export function SkipLink() {
  const t = useTranslations('shell');
  return (
    <a
      href="#main"
      className="fixed start-4 top-3 z-50 -translate-y-24 rounded-control bg-ink px-4 py-2 text-sm text-background focus-visible:translate-y-0"
    >
      {t('skip')}
    </a>
  );
}

import { useTranslations } from 'next-intl';
import type { ConversionView } from '#lib/conversions/view.ts';

/** What a conversion is called: by its owner, or else by its style. */
export function useTitleOf(): (conversion: Pick<ConversionView, 'title' | 'style'>) => string {
  const styles = useTranslations('styles');
  return ({ title, style }) => title ?? styles(`${style}.title`);
}

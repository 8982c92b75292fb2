import { useTranslations } from 'next-intl';
import type { ConversionView } from '#lib/conversions/view.ts';

/** What a conversion is called: by its owner, or else by its style or the kind of its look. */
export function useTitleOf(): (conversion: Pick<ConversionView, 'title' | 'style' | 'credit'>) => string {
  const styles = useTranslations('styles');
  const looks = useTranslations('looks.kind');
  return ({ title, style, credit }) =>
    title ?? credit?.picture?.title ?? (credit ? looks(credit.kind) : styles(`${style}.title`));
}

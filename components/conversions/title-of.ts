import { useTranslations } from 'next-intl';
import type { ConversionView } from '#lib/conversions/view.ts';

type Titled = Pick<ConversionView, 'title' | 'style' | 'credit'>;
type Words<Namespace extends 'styles' | 'looks.kind'> = ReturnType<typeof useTranslations<Namespace>>;

/** What a conversion is called: by its owner, by the gallery's picture, or else by its style or the kind of its look. */
export function titleOf(
  { title, style, credit }: Titled,
  styles: Words<'styles'>,
  looks: Words<'looks.kind'>,
): string {
  return title ?? credit?.picture?.title ?? (credit ? looks(credit.kind) : styles(`${style}.title`));
}

/** `titleOf` in the reader's language, inside of components. */
export function useTitleOf(): (conversion: Titled) => string {
  const styles = useTranslations('styles');
  const looks = useTranslations('looks.kind');
  return (conversion) => titleOf(conversion, styles, looks);
}

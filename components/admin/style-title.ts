import { useTranslations } from 'next-intl';

/** What people call a style; a vendor's picture, or a style that is no more, has a name of ours. */
export function useStyleTitle(): (name: string) => string {
  const t = useTranslations('styles');
  const words = useTranslations('admin.conversions');
  return (name) => {
    if (name === 'reference') return words('reference');
    return t.has(`${name}.title` as 'oil.title') ? t(`${name}.title` as 'oil.title') : name;
  };
}

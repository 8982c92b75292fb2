import { useTranslations } from 'next-intl';
import { Link } from '#lib/core/i18n/navigation.ts';
import { Mark } from './mark.tsx';

/** Mark and name, leading home. */
export function Brand() {
  const t = useTranslations('site');
  return (
    <Link
      href="/"
      className="flex shrink-0 items-center gap-2.5 rounded-sm text-lg font-extrabold whitespace-nowrap"
    >
      <Mark />
      <span>{t('name')}</span>
    </Link>
  );
}

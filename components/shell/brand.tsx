import { useTranslations } from 'next-intl';
import { Link } from '#lib/core/i18n/navigation.ts';
import { Mark } from './mark.tsx';

/** Mark and name, leading home. */
export function Brand() {
  const t = useTranslations('site');
  return (
    <Link href="/" className="flex items-center gap-2.5 rounded-sm text-lg font-extrabold">
      <Mark />
      <span>{t('name')}</span>
    </Link>
  );
}

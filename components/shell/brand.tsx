import { useTranslations } from 'next-intl';
import { Link } from '#lib/core/i18n/navigation.ts';
import { Mark } from './mark.tsx';

/** Mark and name, leading home. Where the header is full, the mark alone is seen until there is room. */
export function Brand({ compact = false }: { compact?: boolean }) {
  const t = useTranslations('site');
  return (
    <Link
      href="/"
      className="flex shrink-0 items-center gap-2.5 rounded-sm text-base font-extrabold whitespace-nowrap sm:text-lg"
    >
      <Mark />
      <span className={compact ? 'max-lg:sr-only' : undefined}>{t('name')}</span>
    </Link>
  );
}

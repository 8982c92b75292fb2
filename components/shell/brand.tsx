import { useTranslations } from 'next-intl';
import { Link } from '#lib/core/i18n/navigation.ts';
import { Mark } from './mark.tsx';

/** Mark and name, leading home. Where a phone's header is full, the mark alone is seen. */
export function Brand({ compact = false }: { compact?: boolean }) {
  const t = useTranslations('site');
  return (
    <Link
      href="/"
      className="flex shrink-0 items-center gap-2.5 rounded-sm text-base font-extrabold whitespace-nowrap sm:text-lg"
    >
      <Mark />
      <span className={compact ? 'max-sm:sr-only' : undefined}>{t('name')}</span>
    </Link>
  );
}

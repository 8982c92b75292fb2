import { useTranslations } from 'next-intl';
import { Link } from '#lib/core/i18n/navigation.ts';
import type { ImageFilter } from '#lib/gallery/library/input.ts';
import type { GalleryFigures } from '#lib/gallery/library/store.ts';
import { libraryPath } from '../library/library-filters.tsx';

/** What of a gallery wants its owner: each line leads to exactly those images. Nothing is shown that is zero. */
export function VendorFigures({ figures }: { figures: GalleryFigures }) {
  const t = useTranslations('vendorHome.wants');
  const wants: readonly { name: ImageFilter | 'waiting' | 'refused'; count: number; show: ImageFilter }[] = [
    { name: 'hidden', count: figures.hidden - figures.waiting - figures.refused, show: 'hidden' },
    { name: 'waiting', count: figures.waiting, show: 'hidden' },
    { name: 'refused', count: figures.refused, show: 'hidden' },
    { name: 'loose', count: figures.loose, show: 'loose' },
    { name: 'twins', count: figures.twins, show: 'twins' },
    { name: 'trash', count: figures.trash, show: 'trash' },
  ];
  const shown = wants.filter(({ count }) => count > 0);
  if (shown.length === 0) return <p className="text-sm text-muted">{t('none')}</p>;
  return (
    <ul className="grid">
      {shown.map(({ name, count, show }) => (
        <li key={name} className="border-t border-line first:border-0">
          <Link
            href={libraryPath({ show })}
            className="flex min-h-12 items-center justify-between gap-4 hover:text-primary"
          >
            {t(name as 'hidden')}
            <span className="tabular font-semibold">{t('count', { count })}</span>
          </Link>
        </li>
      ))}
    </ul>
  );
}

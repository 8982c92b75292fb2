import { useTranslations } from 'next-intl';
import { Link } from '#lib/core/i18n/navigation.ts';
import type { GalleryFigures } from '#lib/gallery/library/store.ts';
import type { VendorQuotaView } from '#lib/quota/view.ts';

type Props = { quota: VendorQuotaView; figures: GalleryFigures };

/** How many images still fit, from where, and what deleting gives back: the whole truth in two lines. */
export function FreeSlots({ quota, figures }: Props) {
  const t = useTranslations('library.gallery.room');
  const { freeRemaining, totalRemaining } = quota;
  return (
    <p className="text-sm text-muted">
      <span className="font-semibold text-ink">{t('left', { count: totalRemaining })}</span>{' '}
      {t('parts', { free: freeRemaining, plan: totalRemaining - freeRemaining })}{' '}
      {figures.trashFree > 0 ? (
        <Link href="/vendor/images?show=trash" className="text-lapis underline underline-offset-4">
          {t('trash', { count: figures.trashFree })}
        </Link>
      ) : (
        t('back', { count: figures.free })
      )}
    </p>
  );
}

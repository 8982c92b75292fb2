import { useTranslations } from 'next-intl';
import { Picture, toShown } from '#components/files/picture.tsx';
import { Khatam } from '#components/ui/khatam.tsx';
import { Link } from '#lib/core/i18n/navigation.ts';
import { albumPath } from '#lib/gallery/public-paths.ts';
import type { AlbumBrief } from '#lib/gallery/public-view.ts';

/** An album by its cover and name; `withVendor` where albums of several vendors stand together. */
export function AlbumCard({ album, withVendor = false }: { album: AlbumBrief; withVendor?: boolean }) {
  const t = useTranslations('gallery');
  const { id, name, cover, vendor } = album;
  return (
    <Link href={albumPath(vendor.handle, id)} className="group grid content-start gap-2.5 rounded-card">
      <span className="grid aspect-4/3 place-content-center overflow-hidden rounded-card bg-sunken">
        {cover ? (
          <Picture
            image={toShown(cover)}
            alt=""
            sizes="(min-width: 64rem) 380px, (min-width: 40rem) 45vw, 90vw"
            className="size-full object-cover transition-transform duration-calm ease-out group-hover:scale-[1.02]"
          />
        ) : (
          <Khatam className="size-16 text-field" />
        )}
      </span>
      <span className="grid">
        <span className="truncate font-semibold group-hover:text-primary">
          <bdi>{name}</bdi>
        </span>
        {withVendor ? (
          <span className="truncate text-sm text-muted">
            {t.rich('albumOf', { vendor: vendor.name, name: (text) => <bdi>{text}</bdi> })}
          </span>
        ) : null}
      </span>
    </Link>
  );
}

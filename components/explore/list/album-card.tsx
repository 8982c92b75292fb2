import { useTranslations } from 'next-intl';
import { Picture, toShown } from '#components/files/picture.tsx';
import { Khatam } from '#components/ui/khatam.tsx';
import { OwnWords } from '#components/ui/own-words.tsx';
import { Link } from '#lib/core/i18n/navigation.ts';
import { albumPath } from '#lib/gallery/public/paths.ts';
import type { AlbumBrief } from '#lib/gallery/public/view.ts';

type Props = {
  album: AlbumBrief;
  /** Says whose it is, where albums of several vendors stand together. */
  withVendor?: boolean;
  /** Whether its cover is on the screen from the beginning. */
  first?: boolean;
};

/** An album by its cover and name, in a grid of one, two or three columns. */
export function AlbumCard({ album, withVendor = false, first = false }: Props) {
  const t = useTranslations('gallery');
  const { id, name, cover, vendor } = album;
  return (
    <Link
      id={`album-${id}`}
      href={albumPath(vendor.handle, id)}
      className="group grid content-start gap-2.5 rounded-card"
    >
      <span className="grid aspect-4/3 grid-cols-[minmax(0,1fr)] grid-rows-[minmax(0,1fr)] overflow-hidden rounded-card bg-sunken">
        {cover ? (
          <Picture
            image={toShown(cover)}
            alt=""
            sizes="(min-width: 64rem) 380px, (min-width: 30rem) 45vw, calc(100vw - 3rem)"
            first={first}
            className="size-full object-cover transition-transform duration-calm ease-out group-hover:scale-[1.02]"
          />
        ) : (
          <Khatam className="size-16 place-self-center text-field" />
        )}
      </span>
      <span className="grid">
        <span className="truncate font-semibold group-hover:text-primary">
          <OwnWords>{name}</OwnWords>
        </span>
        {withVendor ? (
          <span className="truncate text-sm text-muted">
            {t.rich('albumOf', { vendor: vendor.name, name: (text) => <OwnWords>{text}</OwnWords> })}
          </span>
        ) : null}
      </span>
    </Link>
  );
}

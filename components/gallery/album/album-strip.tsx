import { useTranslations } from 'next-intl';
import { Picture, toShown } from '#components/files/picture.tsx';
import { Khatam } from '#components/ui/khatam.tsx';
import { OwnWords } from '#components/ui/own-words.tsx';
import { Link } from '#lib/core/i18n/navigation.ts';
import type { AlbumView } from '#lib/gallery/album/view.ts';

/** A few albums side by side, each leading to its page. */
export function AlbumStrip({ albums }: { albums: readonly AlbumView[] }) {
  const t = useTranslations('albums');
  return (
    <ul className="grid grid-cols-2 gap-4 sm:grid-cols-3">
      {albums.map(({ id, name, cover, imageCount, isPublic }) => (
        <li key={id} className="min-w-0">
          <Link href={`/vendor/albums/${id}`} className="grid grid-cols-1 gap-1.5">
            <span className="grid aspect-4/3 overflow-hidden rounded-control bg-sunken">
              {cover ? (
                <Picture
                  image={toShown(cover)}
                  alt=""
                  sizes="(min-width: 64rem) 200px, 45vw"
                  className="size-full min-h-0 object-cover"
                />
              ) : (
                <Khatam className="m-auto size-14 text-field" />
              )}
            </span>
            <OwnWords className="w-fit max-w-full truncate text-sm font-semibold">{name}</OwnWords>
            <span className="text-xs text-muted">
              {t('count', { count: imageCount })} · {t(isPublic ? 'public' : 'hidden')}
            </span>
          </Link>
        </li>
      ))}
    </ul>
  );
}

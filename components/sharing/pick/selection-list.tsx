import { Heart } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Picture, toShown } from '#components/files/picture.tsx';
import { OwnWords } from '#components/ui/own-words.tsx';
import type { Selection } from '#lib/sharing/pick/queries.ts';

/** What was chosen and said behind a link, under the names the files came with. Needs `picks`. */
export function SelectionList({ images }: { images: Selection['images'] }) {
  const t = useTranslations('picks.selection');
  return (
    <ul className="grid gap-4 sm:grid-cols-2 lg:grid-cols-3">
      {images.map(({ id, image, fileName, title, isPicked, comments }) => (
        <li key={id} className="grid content-start gap-3 rounded-card border border-line bg-surface p-4">
          <Picture
            image={toShown(image)}
            alt={title ?? fileName}
            sizes="(min-width: 64rem) 340px, 90vw"
            className="aspect-4/3 w-full rounded-control object-contain"
          />
          <p className="flex items-center gap-2 text-sm">
            {isPicked ? (
              <Heart
                aria-label={t('chosen')}
                role="img"
                className="size-4 shrink-0 fill-current text-primary"
              />
            ) : null}
            <bdi dir="ltr" className="min-w-0 truncate font-semibold">
              {fileName}
            </bdi>
          </p>
          {comments.length > 0 ? (
            <ul className="grid gap-2 text-sm">
              {comments.map(({ name, words, at }) => (
                <li key={`${at}${words}`} className="rounded-control bg-sunken px-3 py-2">
                  {name ? (
                    <span className="font-semibold">
                      <OwnWords>{name}</OwnWords>
                    </span>
                  ) : null}
                  <span className="block whitespace-pre-line">
                    <OwnWords>{words}</OwnWords>
                  </span>
                </li>
              ))}
            </ul>
          ) : null}
        </li>
      ))}
    </ul>
  );
}

'use client';

import { X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Picture } from '#components/files/picture.tsx';
import { OwnWords } from '#components/ui/own-words.tsx';
import type { StyleOption } from '../style-picker.tsx';

/** A look that is to be made with others; without an option it is one of a gallery that is not known here yet. */
type PickedLook = { readonly name: string; readonly option: StyleOption | null };

type Props = {
  looks: readonly PickedLook[];
  /** The name of the one that stands large. */
  staged: string | null;
  onChoose: (name: string) => void;
  onRemove: (name: string) => void;
};

/** Every look that the button counts, wherever it was picked: to look at, and to leave out. */
export function PickedRow({ looks, staged, onChoose, onRemove }: Props) {
  const t = useTranslations('studio.picks');
  return (
    <ul
      aria-label={t('label')}
      className="order-last flex min-w-0 basis-full gap-2 overflow-x-auto lg:flex-wrap [@media(max-height:42rem)]:order-none [@media(max-height:42rem)]:grow-2 [@media(max-height:42rem)]:basis-0"
    >
      {looks.map(({ name, option }) => {
        const title = option?.title ?? t('unknown');
        const said = [title, option?.by].filter(Boolean).join(' · ');
        return (
          <li
            key={name}
            className="flex h-9 min-w-0 shrink-0 items-center rounded-full border border-line bg-surface"
          >
            <button
              type="button"
              title={said}
              disabled={!option}
              aria-current={name === staged ? 'true' : undefined}
              onClick={() => onChoose(name)}
              className="flex h-full min-w-0 items-center gap-2 rounded-full ps-1 text-xs aria-[current]:font-semibold"
            >
              <span className="relative size-7 shrink-0 overflow-hidden rounded-full bg-sunken">
                {option ? (
                  <Picture image={option.picture} alt="" sizes="28px" className="size-7 object-cover" />
                ) : null}
              </span>
              <OwnWords className="max-w-28 truncate [@media(max-height:42rem)]:sr-only">{title}</OwnWords>
            </button>
            <button
              type="button"
              aria-label={t('remove', { look: said })}
              title={t('remove', { look: said })}
              onClick={() => onRemove(name)}
              className="grid h-full w-8 shrink-0 place-content-center rounded-full text-muted hover:text-ink"
            >
              <X aria-hidden="true" className="size-3.5" />
            </button>
          </li>
        );
      })}
    </ul>
  );
}

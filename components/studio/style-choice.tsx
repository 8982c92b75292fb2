'use client';

import { clsx } from 'clsx';
import { Check } from 'lucide-react';
import { Picture, type Shown } from '#components/files/picture.tsx';

type Pictures = {
  /** What stands for the style in the catalogue, or the gallery's picture. */
  sample: Shown;
  /** The person's own photo in the style, when that is there. */
  preview: string | undefined;
  /** The photo itself, which stands in until a preview comes; null for the sample alone. */
  standIn: string | null;
};

type Props = Pictures & {
  name: string;
  title: string;
  isChosen: boolean;
  /** Whether it is to be made with others. */
  isPicked: boolean;
  onChoose: (name: string) => void;
};

/** One look as a radio button with a picture, which keeps its square from the beginning. */
export function StyleChoice(props: Props) {
  const { name, title, isChosen, isPicked, onChoose, sample, preview, standIn } = props;
  return (
    <label className="group relative grid w-22 shrink-0 snap-start content-start gap-1.5 rounded-control lg:w-auto has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-primary">
      <input
        type="radio"
        name="style"
        value={name}
        checked={isChosen}
        onChange={() => onChoose(name)}
        className="absolute inset-0 z-10 size-full cursor-pointer opacity-0"
      />
      <span className="relative aspect-square overflow-hidden rounded-control bg-sunken ring-primary ring-offset-2 ring-offset-background transition-shadow duration-quick group-has-checked:ring-2 forced-colors:group-has-checked:outline-3 forced-colors:outline-offset-2">
        <Thumbnail sample={sample} preview={preview} standIn={standIn} />
        {isPicked ? (
          <span className="absolute end-1.5 top-1.5 emphasised grid size-6 place-content-center rounded-full bg-primary text-on-primary">
            <Check aria-hidden="true" className="size-4" />
          </span>
        ) : null}
      </span>
      <span className="truncate text-center text-xs text-muted group-has-checked:font-semibold group-has-checked:text-ink lg:text-sm">
        {title}
      </span>
    </label>
  );
}

const square = 'absolute inset-0 size-full object-cover';

/** The photo in the style once that is there; until then the photo, faded. Without a photo, the sample. */
function Thumbnail({
  sample,
  preview,
  standIn,
}: {
  sample: Shown;
  preview: string | undefined;
  standIn: string | null;
}) {
  const sizes = '(min-width: 64rem) 150px, 88px';
  if (!standIn && !preview) return <Picture image={sample} alt="" sizes={sizes} className={square} />;
  return (
    <>
      {standIn ? (
        // biome-ignore lint/performance/noImgElement: made on this device; there is nothing to optimise
        <img
          src={standIn}
          alt=""
          draggable={false}
          className={clsx(square, 'opacity-40 grayscale', !preview && 'motion-safe:animate-pulse')}
        />
      ) : null}
      {preview ? (
        // biome-ignore lint/performance/noImgElement: a preview has one size, made for this place
        <img
          key={preview}
          src={preview}
          alt=""
          draggable={false}
          decoding="async"
          className={clsx(square, 'animate-fade')}
        />
      ) : null}
    </>
  );
}

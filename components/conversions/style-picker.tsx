'use client';

import { clsx } from 'clsx';
import { useEffect, useRef } from 'react';
import { Picture, type Shown } from '#components/files/picture.tsx';

/** A style as the studio offers it. */
export type StyleOption = { name: string; title: string; description: string; picture: Shown };

type Props = {
  options: readonly StyleOption[];
  chosen: string | null;
  onChoose: (name: string) => void;
  legend: string;
  describedBy?: string | undefined;
  /** The person's own photo in each style, as far as it is there. */
  previews: Readonly<Partial<Record<string, string>>>;
  /** The photo itself, which stands in until a preview comes; null for the catalogue's pictures. */
  standIn: Shown | null;
};

/**
 * The styles as radio buttons with pictures: a rail under the thumb on a phone, three columns beside the
 * photo on a desk. Every picture keeps its square from the beginning.
 */
export function StylePicker({ options, chosen, onChoose, legend, describedBy, previews, standIn }: Props) {
  const list = useRef<HTMLDivElement>(null);

  // A style that came with the address may lie outside of what the rail shows.
  useEffect(() => {
    const box = list.current;
    const label = box?.querySelector<HTMLElement>('label:has(:checked)');
    if (!box || !label) return;
    const { left, width } = label.getBoundingClientRect();
    const outer = box.getBoundingClientRect();
    box.scrollBy({ left: left + width / 2 - (outer.left + outer.width / 2) });
  }, []);

  return (
    <fieldset aria-describedby={describedBy} className="min-w-0 lg:flex lg:min-h-0 lg:flex-col">
      <legend className="sr-only">{legend}</legend>
      <div
        ref={list}
        className="rail -mx-6 scroll-px-6 gap-3 px-6 py-1 lg:mx-0 lg:grid lg:grid-cols-3 lg:gap-x-4 lg:gap-y-5 lg:overflow-x-visible lg:overflow-y-auto lg:px-1"
      >
        {options.map(({ name, title, picture }) => (
          <label
            key={name}
            className="group relative grid w-22 shrink-0 snap-start content-start gap-1.5 rounded-control lg:w-auto has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-primary"
          >
            <input
              type="radio"
              name="style"
              value={name}
              checked={name === chosen}
              onChange={() => onChoose(name)}
              className="absolute inset-0 z-10 size-full cursor-pointer opacity-0"
            />
            <span className="relative aspect-square overflow-hidden rounded-control bg-sunken ring-primary ring-offset-2 ring-offset-background transition-shadow duration-quick group-has-checked:ring-2">
              <Thumbnail sample={picture} preview={previews[name]} standIn={standIn} />
            </span>
            <span className="truncate text-center text-xs text-muted group-has-checked:font-semibold group-has-checked:text-ink lg:text-sm">
              {title}
            </span>
          </label>
        ))}
      </div>
    </fieldset>
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
  standIn: Shown | null;
}) {
  const sizes = '(min-width: 64rem) 150px, 88px';
  if (!standIn && !preview) return <Picture image={sample} alt="" sizes={sizes} className={square} />;
  return (
    <>
      {standIn ? (
        <Picture
          image={standIn}
          alt=""
          sizes={sizes}
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

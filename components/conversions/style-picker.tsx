'use client';

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
};

/**
 * The styles as radio buttons with pictures: a rail under the thumb on a phone, three columns beside the
 * photo on a desk.
 */
export function StylePicker({ options, chosen, onChoose, legend, describedBy }: Props) {
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
            <span className="overflow-hidden rounded-control ring-primary ring-offset-2 ring-offset-background transition-shadow duration-quick group-has-checked:ring-2">
              <Picture
                image={picture}
                alt=""
                sizes="(min-width: 64rem) 150px, 88px"
                className="aspect-square w-full object-cover"
              />
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

'use client';

import { useEffect, useRef } from 'react';
import type { Shown } from '#components/files/picture.tsx';
import type { LookOrder } from '#lib/gallery/look/kinds.ts';
import { isStyleName } from '#lib/styles/catalogue.ts';
import type { Shot } from './device/desk.ts';
import { StyleChoice } from './style-choice.tsx';

/** A style as the studio offers it. */
export type StyleOption = {
  name: string;
  title: string;
  description: string;
  /** Whose name stands in the description, if anybody's does. */
  by?: string;
  picture: Shown;
  /** Of a gallery's picture: what trying it on does. */
  order?: LookOrder;
};

type Props = {
  options: readonly StyleOption[];
  chosen: string | null;
  /** The names of those that are to be made together. */
  picked: readonly string[];
  onChoose: (name: string) => void;
  legend: string;
  describedBy?: string | undefined;
  /** The person's own photo in each style, as far as it is there. */
  thumbs: Readonly<Partial<Record<string, Shot>>>;
  /** The photo itself, which stands in until a preview comes; null for the catalogue's pictures. */
  standIn: string | null;
};

/**
 * The styles as radio buttons with pictures: a rail under the thumb on a phone, three columns beside the
 * photo on a desk. Every picture keeps its square from the beginning.
 */
export function StylePicker(props: Props) {
  const { options, chosen, picked, onChoose, legend, describedBy, thumbs, standIn } = props;
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
        className="rail -mx-6 scroll-px-6 gap-3 px-6 py-1 lg:mx-0 lg:grid lg:grid-cols-3 lg:gap-x-4 lg:gap-y-5 lg:fade-end lg:overflow-x-visible lg:overflow-y-auto lg:px-1 lg:pb-8"
      >
        {options.map(({ name, title, picture }) => (
          <StyleChoice
            key={name}
            name={name}
            title={title}
            isChosen={name === chosen}
            isPicked={picked.includes(name)}
            onChoose={onChoose}
            sample={picture}
            preview={thumbs[name]?.url}
            // A gallery's look is painted large alone: its own picture stands for it.
            standIn={isStyleName(name) ? standIn : null}
          />
        ))}
      </div>
    </fieldset>
  );
}

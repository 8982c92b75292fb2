import type { Shown } from '#components/files/picture.tsx';
import type { StyleName } from '#lib/styles/catalogue.ts';

/** One portrait through every style, as our own engine made it (scripts/make-style-samples.ts), in two sizes. */
function sample(name: string): Shown {
  const address = `/samples/styles/${name}`;
  return {
    src: `${address}.webp`,
    srcSet: `${address}-small.webp 240w, ${address}.webp 640w`,
    width: 640,
    height: 640,
  };
}

/** The portrait itself. */
export const original: Shown = sample('original');

/** The portrait in a style. */
export function sampleOf(style: StyleName): Shown {
  return sample(style);
}

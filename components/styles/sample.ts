import type { Shown } from '#components/files/picture.tsx';
import type { StyleName } from '#lib/styles/catalogue.ts';

/** The one portrait every style is shown on, as our own engine made it (see public/samples). */
const size = { width: 640, height: 640 };

/** The portrait itself. */
export const original: Shown = { src: '/samples/styles/original.webp', ...size };

/** The portrait in a style. */
export function sampleOf(style: StyleName): Shown {
  return { src: `/samples/styles/${style}.webp`, ...size };
}

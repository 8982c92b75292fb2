import type { Shown } from '#components/files/picture.tsx';
import type { StyleName } from '#lib/styles/catalogue.ts';

/** The widths that scripts/make-style-samples.ts makes, narrowest first. */
export const styleWidths = [240, 400, 640] as const;
export const lookWidths = [240, 480] as const;
/** Width over height of the pictures of a look. */
export const lookRatio = 6 / 7;

function sample(path: string, widths: readonly number[], ratio: number): Shown {
  const sizesAs = (type: string) =>
    widths.map((width) => `/samples/${path}-${width}.${type} ${width}w`).join(', ');
  const width = Math.max(...widths);
  return {
    src: `/samples/${path}-${width}.webp`,
    srcSet: sizesAs('webp'),
    avifSrcSet: sizesAs('avif'),
    width,
    height: Math.round(width / ratio),
  };
}

/** The portrait that every sample is made of. */
export const original: Shown = sample('styles/original', styleWidths, 1);

/** The same portrait in a style. */
export function sampleOf(style: StyleName): Shown {
  return sample(`styles/${style}`, styleWidths, 1);
}

/** A photo, a shop's picture, and the photo with the look of it. */
export function lookSample(part: 'photo' | 'shop' | 'result'): Shown {
  return sample(`look/${part}`, lookWidths, lookRatio);
}

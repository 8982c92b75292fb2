import { readFileSync } from 'node:fs';

const css = readFileSync(new URL('../../app/[locale]/fonts.css', import.meta.url), 'utf8');

type Face = { readonly file: string; readonly points: readonly number[] };

/** `U+0020-007E, U+00AB` as code points. */
function pointsOf(range: string): number[] {
  return [...range.matchAll(/U\+([0-9A-F]+)(?:-([0-9A-F]+))?/gi)].flatMap(([, from = '', to = from]) => {
    const start = Number.parseInt(from, 16);
    return Array.from({ length: Number.parseInt(to, 16) - start + 1 }, (_, index) => start + index);
  });
}

/** The faces of fonts.css that have a file, with the code points each is asked for, in their order there. */
export function fontFaces(): Face[] {
  return [...css.matchAll(/@font-face \{([^}]+)\}/g)].flatMap(([, face = '']) => {
    const file = /url\("([^"]+)"\)/.exec(face)?.[1];
    const range = /unicode-range:([^;]+);/.exec(face)?.[1];
    return file && range ? [{ file, points: pointsOf(range) }] : [];
  });
}

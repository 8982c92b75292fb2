import { isRightToLeft, mirrored, type Run } from './text.ts';

/**
 * Glyphs in the order of reading, each with what it stands for. The library draws strings from left to right alone, and programs that
 * take the text out of a file go by the order and places of its glyphs: so each is placed by itself (decision 022).
 */

type ShapedGlyph = {
  readonly id: number;
  readonly codePoints: readonly number[];
  readonly advanceWidth: number;
};
type Shaped = {
  readonly direction: 'ltr' | 'rtl';
  readonly glyphs: readonly ShapedGlyph[];
  readonly positions: readonly {
    readonly xAdvance: number;
    readonly xOffset: number;
    readonly yOffset: number;
  }[];
};

/** What of pdfkit's embedded font is used: its shaper, and the tables of the part of it that goes into the file. */
export type EmbeddedFont = {
  readonly id: string;
  /** From units of the font to thousandths of its size. */
  readonly scale: number;
  /** Thousandths of the size above the baseline. */
  readonly ascender: number;
  readonly font: {
    layout(text: string, features: readonly string[]): Shaped;
    glyphForCodePoint(code: number): ShapedGlyph;
  };
  readonly subset: { readonly glyphs: number[]; includeGlyph(id: number): number };
  readonly widths: number[];
  readonly unicode: (readonly number[] | undefined)[];
  ref(): unknown;
};

/** A glyph of a line, in thousandths of the size, from where its run begins. */
export type Glyph = {
  /** Its number within the file. */
  readonly code: number;
  /** From the left edge of the run. */
  readonly x: number;
  readonly y: number;
  /** What it stands for. */
  readonly text: string;
};
export type ShapedRun = {
  readonly glyphs: readonly Glyph[];
  readonly width: number;
  readonly isRightToLeft: boolean;
};

/** What nobody sees and programs read: a half-space, and the second letter of a ligature. It takes no place, and has this width. */
const carrierWidth = 30;

/** The number within the file of a glyph that stands for these letters; the same drawing may stand for others elsewhere. */
function codeOf(font: EmbeddedFont, glyph: number, text: string, width: number): number {
  const letters = [...text].map((one) => one.codePointAt(0) ?? 0);
  const isSame = (code: number) =>
    font.unicode[code]?.join() === letters.join() && font.widths[code] === width;
  const found = font.subset.glyphs.findIndex((id, code) => code > 0 && id === glyph && isSame(code));
  if (found > 0) return found;
  const first = font.subset.includeGlyph(glyph);
  const code = font.unicode[first] === undefined ? first : font.subset.glyphs.push(glyph) - 1;
  font.unicode[code] = letters;
  font.widths[code] = width;
  return code;
}

/** Shapes a run; its glyphs come as they are read, wherever they stand. */
export function shapeRun(font: EmbeddedFont, run: Run): ShapedRun {
  const isTurned = isRightToLeft(run);
  const placed: { glyph: number; text: string; advance: number; dx: number; dy: number; own: number }[] = [];
  const blank = font.font.glyphForCodePoint(0x20).id;
  const carry = (text: string) =>
    placed.push({ glyph: blank, text, advance: 0, dx: 0, dy: 0, own: carrierWidth });
  // A half-space parts letters that would join: what it parts is shaped for itself.
  for (const piece of run.text.split(/(\u200c)/)) {
    if (piece === '\u200c') carry(piece);
    if (piece === '' || piece === '\u200c') continue;
    const drawn = isTurned ? [...piece].map(mirrored).join('') : piece;
    const { direction, glyphs, positions } = font.font.layout(drawn, ['kern']);
    const order = glyphs.map((_, at) => (direction === 'rtl' ? glyphs.length - 1 - at : at));
    for (const at of order) {
      const [glyph, position] = [glyphs[at], positions[at]];
      if (!glyph || !position) continue;
      const letters = glyph.codePoints.map((code) => String.fromCodePoint(code));
      const [first = '', ...others] = isTurned ? letters.map(mirrored) : letters;
      placed.push({
        glyph: glyph.id,
        text: first,
        advance: position.xAdvance * font.scale,
        dx: position.xOffset * font.scale,
        dy: position.yOffset * font.scale,
        own: glyph.advanceWidth * font.scale,
      });
      for (const other of others) carry(other);
    }
  }
  const width = placed.reduce((sum, { advance }) => sum + advance, 0);
  let x = isTurned ? width : 0;
  const glyphs = placed.map(({ glyph, text, advance, dx, dy, own }): Glyph => {
    if (isTurned) x -= advance;
    // What is carried stands on the side where one reads on.
    const left = advance === 0 && own === carrierWidth && isTurned ? x - carrierWidth : x;
    if (!isTurned) x += advance;
    return { code: codeOf(font, glyph, text, own), x: left + dx, y: dy, text };
  });
  return { glyphs, width, isRightToLeft: isTurned };
}

const marks = { rtl: '\u200f', ltr: '\u200e' } as const;
const isPersian = (text: string) => /\p{Script=Arabic}/u.test(text) && /\p{L}|\p{M}/u.test(text);
/** What such programs take for a part of a number or a Latin word. */
const isLatin = (text: string) => /[\p{L}\p{N}،٬٫%٪]/u.test(text) && !isPersian(text);

const isCloser = (text: string) => /[)\]»]/.test(text);

/**
 * What programs that go by places are told of each glyph of a line, instead of its own letter. They take signs and spaces after words of
 * the other direction for a part of those; that they belong to the words which follow, a mark of direction says.
 */
export function marksOf(direction: 'rtl' | 'ltr'): (glyph: Glyph, run: ShapedRun) => string | null {
  const isRtl = direction === 'rtl';
  let isOpen = false;
  return (glyph, run) => {
    const { text } = glyph;
    const isSign = !isPersian(text) && text !== '\u200c' && (isRtl || !isLatin(text));
    const isOwn = run.isRightToLeft === isRtl;
    // Signs that close words of the other direction belong to them.
    if (isSign && !isOwn && (!isRtl || isCloser(text))) {
      return run.glyphs.at(-1) === glyph ? (isRtl ? text + marks.ltr : marks.rtl + text) : null;
    }
    const isNext = isOpen && isSign && isOwn;
    const isForeign = isRtl ? isLatin(text) : isPersian(text);
    const isHome = isRtl ? isPersian(text) : isLatin(text);
    isOpen = isForeign || (isOpen && !isNext && !isHome);
    if (!isNext) return null;
    return isRtl ? text + marks.rtl : marks.ltr + text;
  };
}

/** A space at the end of a line, which parts it from what stands beside it on the sheet for those who copy both. */
export function endOf(font: EmbeddedFont): ShapedRun {
  const blank = font.font.glyphForCodePoint(0x20).id;
  const code = codeOf(font, blank, ' ', carrierWidth);
  return { glyphs: [{ code, x: 0, y: 0, text: ' ' }], width: carrierWidth, isRightToLeft: false };
}

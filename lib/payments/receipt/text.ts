import bidiFactory, { type EmbeddingLevels } from 'bidi-js';

const bidi = bidiFactory();

/** A stretch of a line that is read in one direction: its letters in the order of reading. */
export type Run = { readonly text: string; readonly level: number };

const isolates = { ltr: '\u2066', rtl: '\u2067', end: '\u2069' } as const;
const isIsolate = (sign: string) => /[\u2066\u2067\u2069]/.test(sign);

/**
 * Brackets around nothing but the other direction's letters or numbers belong to those: they look the same (a full stop within
 * stands where it is read), and programs that go by places find no gap between a bracket and its words.
 */
function isolated(text: string, direction: 'rtl' | 'ltr'): string {
  return text.replace(/\([^()]*\)|\[[^[\]]*\]|«[^«»]*»/gu, (whole) => {
    const hasPersian = /\p{Script=Arabic}/u.test(whole.replace(/[\p{N}،٬٫%٪]/gu, ''));
    const isForeign =
      direction === 'rtl'
        ? !hasPersian && /[\p{L}\p{N}]/u.test(whole)
        : hasPersian && !/\p{Script=Latin}/u.test(whole);
    return isForeign ? isolates[direction === 'rtl' ? 'ltr' : 'rtl'] + whole + isolates.end : whole;
  });
}

function runsIn(text: string, { levels }: EmbeddingLevels): Run[] {
  const runs: { text: string; level: number }[] = [];
  for (let index = 0; index < text.length; index += 1) {
    if (isIsolate(text[index] ?? '')) continue;
    const level = levels[index] ?? 0;
    const last = runs.at(-1);
    if (last?.level === level) last.text += text[index];
    else runs.push({ text: text[index] ?? '', level });
  }
  return runs;
}

/** Rule L2 of the Unicode Bidirectional Algorithm, over whole runs: from the deepest level up, turn each stretch. */
function inVisualOrder(runs: readonly Run[]): Run[] {
  const ordered = [...runs];
  for (let level = Math.max(...ordered.map((one) => one.level)); level > 0; level -= 1) {
    let start = 0;
    while (start < ordered.length) {
      let end = start;
      while ((ordered[end]?.level ?? -1) >= level) end += 1;
      if (end - start > 1) ordered.splice(start, end - start, ...ordered.slice(start, end).reverse());
      start = end + 1;
    }
  }
  return ordered;
}

export const isRightToLeft = ({ level }: Run): boolean => level % 2 === 1;

/** What a sign looks like among letters from right to left: a bracket opens to the other side. */
export const mirrored = (sign: string): string => bidi.getMirroredCharacter(sign) ?? sign;

/** A line without control characters, which a person's name may hold; the joiners of Persian stay. */
export const plainText = (line: string) => line.replace(/(?![\u200c\u200d])\p{C}/gu, '');

/** One line of text as runs, as they are read, and the same ones as they stand from left to right. */
export function runsOf(line: string, direction: 'rtl' | 'ltr'): { read: Run[]; seen: Run[] } {
  const text = plainText(line);
  if (text === '') return { read: [], seen: [] };
  const told = isolated(text, direction);
  const read = runsIn(told, bidi.getEmbeddingLevels(told, direction));
  return { read, seen: inVisualOrder(read) };
}

import bidiFactory, { type EmbeddingLevels } from 'bidi-js';

const bidi = bidiFactory();

/** A stretch of a line that is read in one direction: its letters in the order of reading. */
export type Run = { readonly text: string; readonly level: number };

function runsIn(text: string, { levels }: EmbeddingLevels): Run[] {
  const runs: { text: string; level: number }[] = [];
  for (let index = 0; index < text.length; index += 1) {
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
  const read = runsIn(text, bidi.getEmbeddingLevels(text, direction));
  return { read, seen: inVisualOrder(read) };
}

import bidiFactory, { type EmbeddingLevels } from 'bidi-js';

const bidi = bidiFactory();

type Segment = { text: string; level: number };

function segmentsOf(text: string, { levels }: EmbeddingLevels): Segment[] {
  const segments: Segment[] = [];
  for (let index = 0; index < text.length; index += 1) {
    const level = levels[index] ?? 0;
    const last = segments.at(-1);
    if (last?.level === level) last.text += text[index];
    else segments.push({ text: text[index] ?? '', level });
  }
  return segments;
}

/** Rule L2 of the Unicode Bidirectional Algorithm, over whole runs: from the deepest level up, turn each stretch. */
function inVisualOrder(segments: Segment[]): Segment[] {
  const ordered = [...segments];
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

/**
 * A run as the shaper must be given it. It turns every run with an Arabic letter or a Persian digit round, for
 * it knows scripts and not levels: numbers are turned beforehand, so that they come out as they are read, and
 * so are stretches of mere signs between Persian words, which it would leave.
 */
function forShaper({ text, level }: Segment): string {
  const isRightToLeft = level % 2 === 1;
  const characters = [...text].map((one) => (isRightToLeft && bidi.getMirroredCharacter(one)) || one);
  const isTurnedByShaper = /\p{Script=Arabic}/u.test(text);
  return (isRightToLeft === isTurnedByShaper ? characters : characters.reverse()).join('');
}

/** A line without control characters, which a person's name may hold; the joiners of Persian stay. */
export const plainText = (line: string) => line.replace(/(?![\u200c\u200d])\p{C}/gu, '');

/** One line of text as runs to be drawn from left to right, each of one direction. */
export function visualRuns(line: string, direction: 'rtl' | 'ltr'): string[] {
  const text = plainText(line);
  if (text === '') return [];
  return inVisualOrder(segmentsOf(text, bidi.getEmbeddingLevels(text, direction))).map(forShaper);
}

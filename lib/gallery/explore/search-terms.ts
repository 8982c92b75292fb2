import type { SearchTerms } from './store.ts';

const mostWords = 5;
export const longestSearch = 80;

/** A word as `LIKE` takes it literally. */
const literal = (word: string) => word.replace(/[\\%_]/g, '\\$&');

/**
 * The patterns one of which a text must match to hold a word. Three letters or more are found anywhere, also within
 * a word; two only where a word begins, because an index of trigrams knows no shorter pieces than that.
 */
function patternsOf(word: string): readonly string[] {
  const text = literal(word);
  return [...word].length > 2 ? [`%${text}%`] : [`${text}%`, `% ${text}%`];
}

/**
 * Takes a text that the database has normalised apart. A single letter says nothing beside a word; alone it is
 * nothing to search for. Null when nothing is left.
 */
export function toSearchTerms(normalized: string): SearchTerms | null {
  const words = [...new Set(normalized.split(' '))].filter((word) => [...word].length > 1);
  if (words.length === 0) return null;
  const few = words.slice(0, mostWords);
  return { phrase: normalized, words: few, patterns: few.map(patternsOf) };
}

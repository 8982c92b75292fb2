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
  if ([...word].length < 3) return [`${text}%`, `% ${text}%`];
  return [`%${text}%`, ...partings(word).map((parted) => `%${literal(parted)}%`)];
}

/** Longer words are names of their own. */
const longestParted = 10;

/**
 * The ways to write a word in two: what one writes joined another parts, by a space or a half-space («گلدار» and
 * «گل‌دار»). Parts of one letter are none.
 */
function partings(word: string): readonly string[] {
  const letters = [...word];
  if (letters.length < 4 || letters.length > longestParted) return [];
  return Array.from({ length: letters.length - 3 }, (_, at) => {
    const [first, second] = [letters.slice(0, at + 2), letters.slice(at + 2)];
    return `${first.join('')} ${second.join('')}`;
  });
}

/** More would be an index asked for what nobody writes. */
const mostSpellings = 60;

/**
 * The spellings under which a tag may be kept: as it was typed, joined, and parted in two; and with any of its words written
 * otherwise, so that «لباس گلدار» finds what is kept as «لباس گل دار», a half-space being a space there.
 */
export function spellingsOf(phrase: string): readonly string[] {
  const joined = phrase.replaceAll(' ', '');
  const known = new Set([phrase, joined, ...partings(joined)]);
  const words = phrase.split(' ');
  // Two words may be one that was parted, with others around it.
  for (let at = 0; at + 1 < words.length && words.length > 2; at += 1) {
    known.add([...words.slice(0, at), `${words[at]}${words[at + 1]}`, ...words.slice(at + 2)].join(' '));
  }
  for (const [at, word] of words.entries()) {
    for (const parted of words.length > 1 ? partings(word) : []) known.add(words.with(at, parted).join(' '));
  }
  return [...known].slice(0, mostSpellings);
}

/**
 * Takes a text that the database has normalised apart. A single letter says nothing beside a word; alone it is
 * nothing to search for. Null when nothing is left.
 */
export function toSearchTerms(normalized: string): SearchTerms | null {
  const words = [...new Set(normalized.split(' '))].filter((word) => [...word].length > 1);
  if (words.length === 0) return null;
  const few = words.slice(0, mostWords);
  return { spellings: spellingsOf(normalized), words: few, patterns: few.map(patternsOf) };
}

import { galleryLimits } from '../policy.ts';

const persian: Readonly<Record<string, string>> = {
  '\u064a': '\u06cc',
  '\u0649': '\u06cc',
  '\u0643': '\u06a9',
  '\u0629': '\u0647',
  '\u06c0': '\u0647',
  '\u0623': '\u0627',
  '\u0625': '\u0627',
  '\u0671': '\u0627',
};

/**
 * A tag as it is compared, which is the form that the database's `normalize_search` compares: Persian letters for the
 * Arabic ones that look alike, Latin digits, small letters, no vowel signs and no marks that turn text, one space
 * between words. So one tag is one tag however it was typed, and visitors find it by an index.
 */
export function cleanTag(text: string): string {
  return text
    .normalize('NFC')
    .toLowerCase()
    .replace(/[\p{Cc}\u200c#،,]/gu, ' ')
    .replace(/\u200d|[\u064b-\u065f\u0670\u0640\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, '')
    .replace(/[\u064a\u0649\u0643\u0629\u06c0\u0623\u0625\u0671]/g, (letter) => persian[letter] ?? letter)
    .replace(/[\u06f0-\u06f9\u0660-\u0669]/g, (digit) => String(digit.charCodeAt(0) & 0xf))
    .replace(/\s+/g, ' ')
    .trim();
}

/** A tag as it is shown: as it was typed, half-spaces too, without what turns text or only looks like a letter of ours. */
function shownTag(text: string): string {
  return text
    .normalize('NFC')
    .replace(/[\p{Cc}#،,]/gu, ' ')
    .replace(/\u200b|[\u200d-\u200f\u202a-\u202e\u2066-\u2069]/g, '')
    .replace(/[\u064a\u0649\u0643]/g, (letter) => persian[letter] ?? letter)
    .replace(/\s+/g, ' ')
    .replace(/ ?\u200c[ \u200c]*/g, (parting) => (parting.includes(' ') ? ' ' : '\u200c'))
    .replace(/^[ \u200c]+|[ \u200c]+$/g, '');
}

/**
 * What somebody typed or pasted, as tags to show: each once however it is spelled, in the order they came, as it was spelled
 * last.
 */
export function cleanTags(texts: readonly string[]): string[] {
  const shown = new Map(texts.map((text) => [cleanTag(text), shownTag(text)]));
  shown.delete('');
  return [...shown.values()];
}

/** Null when they may be kept. */
export function tagProblem(tags: readonly string[]): 'albums.field.tagLong' | 'albums.field.tagsMany' | null {
  if (tags.some((tag) => [...tag].length > galleryLimits.maxTagLength)) return 'albums.field.tagLong';
  return tags.length > galleryLimits.maxTags ? 'albums.field.tagsMany' : null;
}

/** How deep something that was sent may be nested; ours is two or three levels. */
const deepest = 16;

/**
 * Whether the database can keep every text in a value that was sent: PostgreSQL has no NUL in a text and no half of a
 * surrogate pair. Files are looked at by the use cases that take them.
 */
export function isStorable(value: unknown, depth = 0): boolean {
  if (typeof value === 'string') return !value.includes('\0') && value.isWellFormed();
  if (typeof value !== 'object' || value === null || value instanceof Blob) return true;
  if (depth >= deepest) return false;
  const parts = value instanceof FormData ? [...value.entries()].flat() : Object.entries(value).flat();
  return parts.every((part) => isStorable(part, depth + 1));
}

/** A text with what the database cannot keep taken out: NUL, and halves of a pair, which become U+FFFD. */
export function toStorable(text: string): string {
  return text.replaceAll('\0', '').toWellFormed();
}

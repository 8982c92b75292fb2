import { perProcess } from '#lib/core/per-process.ts';
import { isDatabaseUnavailable } from './unavailable.ts';

const longestMs = 10 * 60_000;

// Next bundles each page apart: one place for the whole process.
const values = perProcess(
  'db.lastKnown',
  () => new Map<string, { readonly value: unknown; readonly at: number }>(),
);

/**
 * What `load` answers, asked again after `freshMs`; while the database cannot be asked, what it answered last, for ten
 * minutes. For what everybody may see and nobody's money is decided by.
 *
 * @param key One of a few of our own names: what is remembered is never let go.
 */
export async function orLastKnown<T>(key: string, freshMs: number, load: () => Promise<T>): Promise<T> {
  const known = values.get(key);
  if (known && Date.now() - known.at < freshMs) return known.value as T;
  try {
    const value = await load();
    values.set(key, { value, at: Date.now() });
    return value;
  } catch (error) {
    if (!known || !isDatabaseUnavailable(error) || Date.now() - known.at > longestMs) throw error;
    return known.value as T;
  }
}

/** Has this process ask again: it has just changed what the key stands for. Others do when theirs is no longer fresh. */
export function forgetKnown(key: string): void {
  values.delete(key);
}

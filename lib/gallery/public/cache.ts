import { changes } from '#lib/core/pages/changes.ts';
import { declared, noteOvertaken, noteShown, noteUnfit } from '#lib/core/pages/record.ts';
import { perProcess } from '#lib/core/per-process.ts';
import { anyGallery, galleryOf, watchChanges } from '#lib/db/changes/watch-changes.ts';
import { isDatabaseUnavailable } from '#lib/db/unavailable.ts';

/**
 * What public pages show, kept in this process. Every process hears of a vendor's change as it is committed and
 * drops what showed that vendor; a lost connection costs at most `longestMs`. While the database is away nobody can
 * change anything, and what was shown last is shown on.
 */

/** Whose change ends an entry: one vendor's, or any. */
export type Scope = string | 'anyVendor';

const scopeName = (scope: Scope) => (scope === 'anyVendor' ? anyGallery : galleryOf(scope));

type Entry = {
  readonly value: unknown;
  readonly scope: string;
  readonly until: number;
  readonly isOvertaken?: boolean;
};

const longestMs = 10_000;
/** How long after that an entry may stand in for a database that does not answer, */
const awayMs = 10 * 60_000;
/** and how long a page may go on with it before the database is asked again. */
const awayPageMs = 2000;
/** A page of a gallery is some tens of kilobytes: this many are tens of megabytes at most. */
const mostEntries = 400;

class PublicCache {
  readonly #entries = new Map<string, Entry>();
  readonly #loading = new Map<string, Promise<Entry | { readonly value: unknown; readonly scope: null }>>();

  #listens = false;

  #listen(): void {
    if (this.#listens) return;
    this.#listens = true;
    watchChanges();
    changes.watch((changed) => {
      for (const [key, { scope }] of this.#entries) {
        if (changed === null || changed.includes(scope)) this.#entries.delete(key);
      }
    });
  }

  async get<T>(key: string, load: () => Promise<{ value: T; scope: Scope | null }>): Promise<T> {
    this.#listen();
    const entry = await this.#find(key, load);
    if (entry.scope === null) noteUnfit('a value that is not kept');
    else if (entry.isOvertaken) noteOvertaken();
    else noteShown(entry.scope, entry.until);
    return entry.value as T;
  }

  #find(key: string, load: () => Promise<{ value: unknown; scope: Scope | null }>) {
    const known = this.#entries.get(key);
    if (known && known.until > Date.now()) {
      // The most recently used stands last, so that the first is the one to go.
      this.#entries.delete(key);
      this.#entries.set(key, known);
      return known;
    }
    const waiting = this.#loading.get(key);
    if (waiting) return waiting;
    const loading = this.#load(key, load).finally(() => this.#loading.delete(key));
    this.#loading.set(key, loading);
    return loading;
  }

  async #load(
    key: string,
    load: () => Promise<{ value: unknown; scope: Scope | null }>,
  ): Promise<Entry | { value: unknown; scope: null }> {
    const begun = changes.moment;
    try {
      const { value, scope } = await declared(load);
      if (scope === null) return { value, scope };
      const entry = { value, scope: scopeName(scope), until: Date.now() + longestMs };
      // What changed while it was read may be missing in it: shown once, not kept.
      if (changes.changedSince(entry.scope, begun)) return { ...entry, isOvertaken: true };
      this.#entries.set(key, entry);
      const oldest = this.#entries.keys().next();
      if (this.#entries.size > mostEntries && !oldest.done) this.#entries.delete(oldest.value);
      return entry;
    } catch (error) {
      const known = this.#entries.get(key);
      if (!known || !isDatabaseUnavailable(error) || known.until + awayMs < Date.now()) throw error;
      return { ...known, until: Date.now() + awayPageMs };
    }
  }
}

const cache = perProcess('gallery.publicCache', () => new PublicCache());

/**
 * The value under a key, loaded when it is not known. `load` says whose change ends it; null: it is not kept.
 * Only what every visitor may see may go in here.
 */
export function remember<T>(key: string, load: () => Promise<{ value: T; scope: Scope | null }>): Promise<T> {
  return cache.get(key, load);
}

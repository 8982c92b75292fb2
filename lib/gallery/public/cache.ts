import { perProcess } from '#lib/core/per-process.ts';
import { watchRows } from '#lib/db/listen.ts';
import { isDatabaseUnavailable } from '#lib/db/unavailable.ts';

/**
 * What public pages show, kept in this process. Every process hears of a vendor's change as it is committed and
 * drops what showed that vendor; a lost connection costs at most `longestMs`. While the database is away nobody can
 * change anything, and what was shown last is shown on.
 */

/** Whose change ends an entry: one vendor's, or any. */
export type Scope = string | 'anyVendor';

type Entry = { readonly value: unknown; readonly scope: Scope; readonly until: number };

const longestMs = 10_000;
/** How long after that an entry may stand in for a database that does not answer. */
const awayMs = 10 * 60_000;
/** A page of a gallery is some tens of kilobytes: this many are tens of megabytes at most. */
const mostEntries = 400;

class PublicCache {
  readonly #entries = new Map<string, Entry>();
  readonly #loading = new Map<string, Promise<unknown>>();
  /** When each vendor last changed, by a clock that counts changes. */
  #changedAt = new Map<string, number>();
  #clock = 0;
  #everythingChangedAt = 0;
  #listens = false;

  #listen(): void {
    if (this.#listens) return;
    this.#listens = true;
    watchRows('gallery_changed', (vendorId) => this.changed(vendorId));
  }

  /** Drops what shows this vendor; everything when it is not known who changed. */
  changed(vendorId: string | null): void {
    this.#clock += 1;
    if (vendorId === null || this.#changedAt.size > 10_000) {
      this.#everythingChangedAt = this.#clock;
      this.#changedAt = new Map();
      this.#entries.clear();
    }
    if (vendorId === null) return;
    this.#changedAt.set(vendorId, this.#clock);
    for (const [key, { scope }] of this.#entries) {
      if (scope === vendorId || scope === 'anyVendor') this.#entries.delete(key);
    }
  }

  #changedSince(scope: Scope, moment: number): boolean {
    if (scope === 'anyVendor') return this.#clock > moment;
    return Math.max(this.#everythingChangedAt, this.#changedAt.get(scope) ?? 0) > moment;
  }

  async get<T>(key: string, load: () => Promise<{ value: T; scope: Scope | null }>): Promise<T> {
    this.#listen();
    const known = this.#entries.get(key);
    if (known && known.until > Date.now()) {
      // The most recently used stands last, so that the first is the one to go.
      this.#entries.delete(key);
      this.#entries.set(key, known);
      return known.value as T;
    }
    const waiting = this.#loading.get(key);
    if (waiting) return waiting as Promise<T>;
    const loading = this.#load(key, load).finally(() => this.#loading.delete(key));
    this.#loading.set(key, loading);
    return loading;
  }

  async #load<T>(key: string, load: () => Promise<{ value: T; scope: Scope | null }>): Promise<T> {
    const begun = this.#clock;
    const { value, scope } = await load().catch((error: unknown) => {
      const known = this.#entries.get(key);
      if (!known || !isDatabaseUnavailable(error) || known.until + awayMs < Date.now()) throw error;
      return { value: known.value as T, scope: null };
    });
    // What changed while it was read may be missing in it: shown once, not kept.
    if (scope !== null && !this.#changedSince(scope, begun)) {
      this.#entries.set(key, { value, scope, until: Date.now() + longestMs });
      const oldest = this.#entries.keys().next();
      if (this.#entries.size > mostEntries && !oldest.done) this.#entries.delete(oldest.value);
    }
    return value;
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

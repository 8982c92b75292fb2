import { perProcess } from '#lib/core/per-process.ts';

/** What can change under something that is kept: a vendor's gallery, any gallery, the plans. Names are their owners'. */
export type Scope = string;

/** Told which scopes have changed; null when anything may have. */
type Listener = (changed: readonly Scope[] | null) => void;

const mostScopes = 10_000;

/**
 * What has changed, by a clock that counts changes: a reader remembers the moment before, and keeps what
 * was read only if none of its scopes has changed since.
 */
export class ChangeClock {
  #moment = 0;
  #everythingAt = 0;
  #changedAt = new Map<Scope, number>();
  readonly #listeners = new Set<Listener>();

  get moment(): number {
    return this.#moment;
  }

  /** Notes that these scopes have changed; null: it is not known which. */
  changed(scopes: readonly Scope[] | null): void {
    this.#moment += 1;
    const isKnown = scopes !== null && this.#changedAt.size < mostScopes;
    if (isKnown) for (const scope of scopes) this.#changedAt.set(scope, this.#moment);
    else {
      this.#everythingAt = this.#moment;
      this.#changedAt = new Map();
    }
    for (const listener of this.#listeners) listener(isKnown ? scopes : null);
  }

  changedSince(scope: Scope, moment: number): boolean {
    return Math.max(this.#everythingAt, this.#changedAt.get(scope) ?? 0) > moment;
  }

  /** Calls the listener with each change, as long as the process lives. */
  watch(listener: Listener): void {
    this.#listeners.add(listener);
  }
}

// Next bundles each page apart: one clock for the whole process.
export const changes = perProcess('core.changes', () => new ChangeClock());

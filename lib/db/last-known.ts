import { changes } from '#lib/core/pages/changes.ts';
import { declared, noteShown } from '#lib/core/pages/record.ts';
import { perProcess } from '#lib/core/per-process.ts';
import {
  type bannersScope,
  type legalScope,
  type plansScope,
  watchChanges,
} from './changes/watch-changes.ts';
import { isDatabaseUnavailable } from './unavailable.ts';

const longestMs = 10 * 60_000;

/** `isOver`: it has changed since, and only stands in for a database that is away. */
type Known = { readonly value: unknown; readonly at: number; readonly isOver: boolean };

// Next bundles each page apart: one place for the whole process.
const values = perProcess('db.lastKnown', () => new Map<string, Known>());
const watched = perProcess<{ isWatched?: boolean }>('db.lastKnownWatched');

/** Our own names for it; each is the scope of its changes, see `watch-changes.ts`. */
export type KnownAs = {
  readonly name: typeof plansScope | typeof legalScope | typeof bannersScope;
  readonly freshMs: number;
};

function listen(): void {
  if (watched.isWatched) return;
  watched.isWatched = true;
  watchChanges();
  changes.watch((changed) => {
    for (const [name, known] of values) {
      if (changed === null || changed.includes(name)) values.set(name, { ...known, isOver: true });
    }
  });
}

/**
 * What `load` answers, asked again when it has changed, and after `freshMs` in any case; while the database cannot be
 * asked, what it answered last, for ten minutes. For what everybody may see and nobody's money is decided by.
 */
export async function orLastKnown<T>({ name, freshMs }: KnownAs, load: () => Promise<T>): Promise<T> {
  listen();
  const known = values.get(name);
  const isFresh = known && !known.isOver && Date.now() - known.at < freshMs;
  const fresh = isFresh ? known : await loadAgain(name, load, known);
  // While the database is away every page asks again; whatever is shown then was true when it went.
  noteShown(name, Math.max(fresh.at + freshMs, Date.now() + 1000));
  return fresh.value as T;
}

async function loadAgain(
  name: string,
  load: () => Promise<unknown>,
  known: Known | undefined,
): Promise<Known> {
  const begun = changes.moment;
  try {
    const loaded = { value: await declared(load), at: Date.now(), isOver: false };
    if (!changes.changedSince(name, begun)) values.set(name, loaded);
    return loaded;
  } catch (error) {
    if (!known || !isDatabaseUnavailable(error) || Date.now() - known.at > longestMs) throw error;
    return known;
  }
}

/** Has this process ask again: it has just changed what the name stands for. Other processes hear of it from the database. */
export function forgetKnown({ name }: KnownAs): void {
  changes.changed([name]);
}

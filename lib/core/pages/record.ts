import { AsyncLocalStorage } from 'node:async_hooks';
import { perProcess } from '#lib/core/per-process.ts';
import type { Scope } from './changes.ts';

/** What one page was made of, noted while it is made. */
export class PageRecord {
  readonly scopes = new Set<Scope>();
  /** Until when, in milliseconds, everything on it may be shown. */
  until = Number.POSITIVE_INFINITY;
  /** Why the page may not be kept; null while nothing speaks against it. */
  unfit: string | null = null;
  /** Something changed while it was read: made again, the page may be kept. */
  isOvertaken = false;
}

// Next bundles each page apart: one place for the whole process.
const records = perProcess('core.pageRecords', () => new AsyncLocalStorage<PageRecord | null>());

/** Makes a page; what it shows is noted in `record`. */
export function recordPage<T>(record: PageRecord, work: () => T): T {
  return records.run(record, work);
}

/** Notes that the page being made shows something that ends with this scope, and at this moment (in milliseconds). */
export function noteShown(scope: Scope, until: number): void {
  const record = records.getStore();
  if (!record) return;
  record.scopes.add(scope);
  record.until = Math.min(record.until, until);
}

/** Notes that the page being made shows something that nobody tells the end of: it is not kept. */
export function noteUnfit(why: string): void {
  const record = records.getStore();
  if (record) record.unfit ??= why;
}

/** Notes that something on the page being made changed while it was read: it is not kept, the next one may be. */
export function noteOvertaken(): void {
  const record = records.getStore();
  if (record) record.isOvertaken = true;
}

/** Loads what is kept by itself and declared by `noteShown`, so that the reads under it do not count. */
export function declared<T>(load: () => T): T {
  return records.run(null, load);
}

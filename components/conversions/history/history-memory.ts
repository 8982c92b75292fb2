import type { ConversionView } from '#lib/conversions/view.ts';

/** Pages of the history that were brought in, kept while the tab lives: going back finds them again. */
type Remembered = { first: string; items: readonly ConversionView[]; next: string | null };

const remembered = new Map<string, Remembered>();

/** What a list begins with: another as soon as anything of its first page has changed. */
export function markOf(items: readonly ConversionView[]): string {
  return items
    .map(({ id, status, title, isFavourite }) => [id, status, title, isFavourite].join(' '))
    .join('|');
}

/** What was shown of a list, if it still begins as it did; anything new makes it begin anew. */
export function recallHistory(list: string, first: string): Remembered | null {
  const kept = remembered.get(list);
  return kept?.first === first ? kept : null;
}

export function keepHistory(list: string, history: Remembered): void {
  remembered.set(list, history);
}

/** After something was deleted, no list may show it again. */
export function forgetHistory(): void {
  remembered.clear();
}

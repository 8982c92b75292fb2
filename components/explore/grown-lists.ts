import type { ShownImage } from './shown-image.ts';

/**
 * Lists that grew while they were looked at, kept for whoever comes back to them: in memory for a step back within
 * the site, in the tab's storage for one from elsewhere. Which of them a step of the history showed stands in its
 * state, so that a page that is opened anew begins at its beginning.
 */
export type GrownList = {
  /** The page's address without what is opened on it. */
  readonly list: string;
  readonly images: readonly ShownImage[];
  readonly next: string | null;
  /** How far down it was, in CSS pixels. */
  readonly top: number;
};

const kept = new Map<string, GrownList>();
const storageKey = (id: string) => `grown:${id}`;
/** Longer ones are not worth their place in the tab's five megabytes. */
const mostStored = 600;

function currentId(): string | null {
  const id: unknown = window.history.state?.grown;
  return typeof id === 'string' ? id : null;
}

/** What a new step of the history must carry so that going back to it finds the list. */
export const carriedState = () => ({ grown: currentId() ?? undefined });

/** The list as it was when this step of the history was left, if this page still remembers it. */
export function recallHere(list: string): GrownList | null {
  if (typeof window === 'undefined') return null;
  const grown = kept.get(currentId() ?? '');
  return grown?.list === list ? grown : null;
}

/** The same for a page that was loaded anew. */
export function recallStored(list: string): GrownList | null {
  const id = currentId();
  if (!id) return null;
  try {
    const grown: GrownList | null = JSON.parse(window.sessionStorage.getItem(storageKey(id)) ?? 'null');
    return grown?.list === list ? grown : null;
  } catch {
    return null;
  }
}

/** Keeps a list under this step of the history. */
export function keepHere(grown: GrownList): void {
  const id = currentId() ?? `${Date.now()}-${Math.random()}`;
  kept.set(id, grown);
  window.history.replaceState({ ...window.history.state, grown: id }, '');
}

/** Notes how far down the list of this step is. */
export function noteTop(list: string): void {
  const id = currentId();
  const grown = id === null ? undefined : kept.get(id);
  if (id !== null && grown?.list === list) kept.set(id, { ...grown, top: window.scrollY });
}

/** Lays the lists by before the document goes. */
export function storeKept(): void {
  for (const [id, grown] of kept) {
    if (grown.images.length > mostStored) continue;
    try {
      window.sessionStorage.setItem(storageKey(id), JSON.stringify(grown));
    } catch {
      // A full or forbidden storage: whoever comes back begins at the beginning.
      return;
    }
  }
}

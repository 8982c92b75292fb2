/** Anything that stands in a list that grows. */
export type Listed = { readonly id: string };

/**
 * Lists that grew while they were looked at, kept for readers who come back to them: in memory for a step back within
 * the site, in the tab's storage for one from elsewhere. Which of them a step of the history showed stands in its
 * state, so that a page that is opened anew begins at its beginning. A page may have several.
 */
export type GrownList<Item extends Listed = Listed> = {
  /** The page's address without what is opened on it, and which of its lists it is. */
  readonly list: string;
  readonly items: readonly Item[];
  readonly next: string | null;
  /** How far down it was, in CSS pixels. */
  readonly top: number;
};

const kept = new Map<string, GrownList>();
const keyOf = (id: string, list: string) => `grown:${id}:${list}`;
/** Longer ones are not worth their place in the tab's five megabytes. */
const mostStored = 600;

function currentId(): string | null {
  const id: unknown = window.history.state?.grown;
  return typeof id === 'string' ? id : null;
}

/** What a new step of the history must carry so that going back to it finds the list. */
export const carriedState = () => ({ grown: currentId() ?? undefined });

/** The list as it was when this step of the history was left, if this page still remembers it. */
export function recallHere<Item extends Listed>(list: string): GrownList<Item> | null {
  if (typeof window === 'undefined') return null;
  // What is kept under a list's name is what that list once held.
  return (kept.get(keyOf(currentId() ?? '', list)) as GrownList<Item> | undefined) ?? null;
}

/** The same for a page that was loaded anew. */
export function recallStored<Item extends Listed>(list: string): GrownList<Item> | null {
  const id = currentId();
  if (!id) return null;
  try {
    return JSON.parse(window.sessionStorage.getItem(keyOf(id, list)) ?? 'null');
  } catch {
    return null;
  }
}

/** Keeps a list under this step of the history. */
export function keepHere(grown: GrownList): void {
  const id = currentId() ?? `${Date.now()}-${Math.random()}`;
  kept.set(keyOf(id, grown.list), grown);
  window.history.replaceState({ ...window.history.state, grown: id }, '');
}

/** Notes how far down the list of this step is. */
export function noteTop(list: string): void {
  const key = keyOf(currentId() ?? '', list);
  const grown = kept.get(key);
  if (grown) kept.set(key, { ...grown, top: window.scrollY });
}

/** Lays the lists by before the document goes. */
export function storeKept(): void {
  for (const [key, grown] of kept) {
    if (grown.items.length > mostStored) continue;
    try {
      window.sessionStorage.setItem(key, JSON.stringify(grown));
    } catch {
      // A full or forbidden storage: a reader who comes back begins at the beginning.
      return;
    }
  }
}

/** IndexedDB's name for everything the studio keeps on a device. */
export const draftDatabase = 'studio';
/** When something was kept last: told where opening the database would cost too much. */
const flag = 'studio-kept';
/** What nobody came back for is deleted after this long. */
export const draftLifeMs = 7 * 24 * 60 * 60 * 1000;
/** Tells tabs that what is kept has changed, or has gone. */
export const draftChannel = 'studio';
export type DraftNews = { readonly what: 'changed' | 'forgotten'; readonly from: string };
/** Who tells: a page does not answer itself. */
export const pageId = Math.random().toString(36).slice(2);

export function tellDraft(what: DraftNews['what']): void {
  if (typeof BroadcastChannel === 'undefined') return;
  const channel = new BroadcastChannel(draftChannel);
  channel.postMessage({ what, from: pageId } satisfies DraftNews);
  channel.close();
}

/** When a draft was kept last, in milliseconds since 1970; null when there is none, or nothing can be kept. */
export function keptAt(): number | null {
  try {
    return Number(localStorage.getItem(flag)) || null;
  } catch {
    return null;
  }
}

export function noteKept(at: number | null): void {
  try {
    if (at === null) localStorage.removeItem(flag);
    else localStorage.setItem(flag, String(at));
  } catch {
    // A browser that keeps nothing has nothing to forget either.
  }
}

/** Deletes everything the studio keeps here: on request, on signing out, and when its time is over. */
export async function forgetDraft(): Promise<void> {
  if (keptAt() === null) return;
  noteKept(null);
  tellDraft('forgotten');
  await new Promise<void>((done) => {
    const deleting = indexedDB.deleteDatabase(draftDatabase);
    // Another tab lets go as soon as it hears of it; the deletion then goes on by itself.
    deleting.onsuccess = deleting.onerror = deleting.onblocked = () => done();
  });
}

/** On any page: what is older than a week goes, also when nobody opens the studio again. */
export function forgetOldDraft(): void {
  const at = keptAt();
  if (at !== null && Date.now() - at > draftLifeMs) void forgetDraft().catch(() => undefined);
}

import { type Draft, emptyDraft } from './draft.ts';
import { draftDatabase, draftLifeMs, keptAt, noteKept, tellDraft } from './draft-flag.ts';

/**
 * The draft in IndexedDB: the choices under one key, every photo's bytes under its own. Bytes are kept as buffers,
 * because WebKit cannot keep a Blob in a private window. Where nothing can be kept (a browser that forbids it, a full
 * disk) the draft lives as long as its page.
 */

type KeptFile = { readonly bytes: ArrayBuffer; readonly type: string; readonly name: string };
/** `owner`: the account that used it; null while nobody was signed in. */
type KeptDraft = { readonly draft: Draft; readonly owner: string | null; readonly at: number };

const shelf = 'kept';
const draftKey = 'draft';
const fileKey = (key: string) => `photo ${key}`;
const madeKey = (conversionId: string) => `made ${conversionId}`;

let opened: Promise<IDBDatabase> | null = null;

function open(): Promise<IDBDatabase> {
  opened ??= new Promise<IDBDatabase>((resolve, reject) => {
    const opening = indexedDB.open(draftDatabase, 1);
    opening.onupgradeneeded = () => opening.result.createObjectStore(shelf);
    opening.onsuccess = () => {
      // Another tab deletes everything: let go at once.
      opening.result.onversionchange = () => letGo();
      resolve(opening.result);
    };
    opening.onerror = () => reject(opening.error);
    opening.onblocked = () => reject(new Error('blocked'));
  }).catch((error: unknown) => {
    opened = null;
    throw error;
  });
  return opened;
}

/** Closes the database, so that it can be deleted. */
export function letGo(): void {
  const was = opened;
  opened = null;
  void was?.then((database) => database.close()).catch(() => undefined);
}

async function ask<Value>(
  mode: IDBTransactionMode,
  request: (store: IDBObjectStore) => IDBRequest<Value>,
): Promise<Value | null> {
  try {
    const store = (await open()).transaction(shelf, mode).objectStore(shelf);
    const asked = request(store);
    return await new Promise((resolve, reject) => {
      asked.onsuccess = () => resolve(asked.result);
      asked.onerror = () => reject(asked.error);
    });
  } catch {
    return null;
  }
}

/** What is kept for this account, or for nobody yet. Somebody else's, and what is too old, is deleted and not shown. */
export async function readDraft(owner: string | null): Promise<Draft> {
  if (keptAt() === null) return emptyDraft;
  const kept = await ask<KeptDraft | undefined>('readonly', (store) => store.get(draftKey));
  if (!kept) return emptyDraft;
  const isStrangers = kept.owner !== null && owner !== null && kept.owner !== owner;
  if (isStrangers || Date.now() - kept.at > draftLifeMs) {
    await clearDraft();
    return emptyDraft;
  }
  return { ...emptyDraft, ...kept.draft };
}

/** Keeps the choices; the photos' bytes are kept by `writeFile`. Tells the other tabs. */
export async function writeDraft(draft: Draft, owner: string | null): Promise<void> {
  const at = Date.now();
  const before = await ask<KeptDraft | undefined>('readonly', (store) => store.get(draftKey));
  const kept: KeptDraft = { draft, owner: owner ?? before?.owner ?? null, at };
  noteKept(at);
  await ask('readwrite', (store) => store.put(kept, draftKey));
  tellDraft('changed');
}

/** Keeps the bytes of a photo: as they were chosen, later as they will be sent. */
export async function writeFile(key: string, file: File): Promise<void> {
  const kept: KeptFile = { bytes: await file.arrayBuffer(), type: file.type, name: file.name };
  noteKept(Date.now());
  await ask('readwrite', (store) => store.put(kept, fileKey(key)));
}

export async function readFile(key: string): Promise<File | null> {
  const kept = await ask<KeptFile | undefined>('readonly', (store) => store.get(fileKey(key)));
  return kept ? new File([kept.bytes], kept.name, { type: kept.type }) : null;
}

export async function dropFile(key: string): Promise<void> {
  await ask('readwrite', (store) => store.delete(fileKey(key)));
}

/** Of a picture that is being made: what the studio showed of it, and the photo as it was sent. */
export type Made = { readonly shown: Blob | null; readonly photo: Blob | null };

/** Keeps it for the page where the picture is waited for, which then fetches neither. */
export async function keepMade(conversionId: string, { shown, photo }: Made): Promise<void> {
  const toKept = async (blob: Blob | null): Promise<KeptFile | null> =>
    blob && { bytes: await blob.arrayBuffer(), type: blob.type, name: '' };
  const kept = { shown: await toKept(shown), photo: await toKept(photo) };
  noteKept(Date.now());
  await ask('readwrite', (store) => store.put(kept, madeKey(conversionId)));
}

export async function readMade(conversionId: string): Promise<Made | null> {
  if (keptAt() === null) return null;
  const kept = await ask<Partial<Record<keyof Made, KeptFile | null>> | undefined>('readonly', (store) =>
    store.get(madeKey(conversionId)),
  );
  const toBlob = (file: KeptFile | null | undefined) =>
    file ? new Blob([file.bytes], { type: file.type }) : null;
  return kept ? { shown: toBlob(kept.shown), photo: toBlob(kept.photo) } : null;
}

export async function dropMade(conversionId: string): Promise<void> {
  await ask('readwrite', (store) => store.delete(madeKey(conversionId)));
}

/** Empties the draft: its choices and every photo of it. */
export async function clearDraft(): Promise<void> {
  await ask('readwrite', (store) => store.clear());
  noteKept(null);
  tellDraft('changed');
}

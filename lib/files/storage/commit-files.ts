import { setTimeout as sleep } from 'node:timers/promises';
import { log } from '#lib/core/log.ts';
import { type Result, succeed } from '#lib/core/result.ts';
import { type Outcome, outcomeOf } from '#lib/db/outcome.ts';
import { type Tx, transact } from '#lib/db/transact.ts';
import { OutcomeUnknown } from '#lib/db/unavailable.ts';
import type { PreparedPicture } from '../picture/make-variants.ts';
import { type FirstVariantName, firstVariants, type VariantName } from '../policy.ts';
import type { FileAccess } from './file-store.ts';
import { fileRemover, fileStore } from './open-store.ts';

/** What a transaction about files answers: its value, and the ids of files that no row names once it is committed. */
export type Settled<T> = { readonly value: T; readonly gone?: readonly (string | null | undefined)[] };

type Ends = { readonly done: readonly string[]; readonly void: readonly string[] };

/** A commit whose outcome nobody could tell is asked about in the background for so long; then it is the sweep's. */
const askAgain = { everyMs: 5_000, times: 120 } as const;

/**
 * The one way in which a transaction and files go together. Files that are to be named by a row are stored before
 * (`added`), files whose row goes are removed after (`gone`): a row is never without its files. Which of them are
 * removed is decided by what became of the transaction, never by an exception:
 *
 * - done: what is `gone` goes;
 * - not done, by a refusal or an error: what was `added` goes;
 * - not known: nothing goes. It is asked again in the background for ten minutes; after that, or when the process ends,
 *   the sweep of files compares both sides.
 *
 * What the disk will not give up now has no row, and the sweep takes it.
 */
export async function commitFiles<T>(
  work: (tx: Tx) => Promise<Result<Settled<T>>>,
  added: readonly string[] = [],
  options: Parameters<typeof transact>[1] = {},
): Promise<Result<T>> {
  let gone: readonly string[] = [];
  try {
    const result = await transact(async (tx) => {
      const settled = await work(tx);
      if (settled.ok) gone = (settled.value.gone ?? []).filter((id) => typeof id === 'string');
      return settled;
    }, options);
    await removeAll(result.ok ? gone : added);
    return result.ok ? succeed(result.value.value) : result;
  } catch (error) {
    if (error instanceof OutcomeUnknown) void settleLater(error, { done: gone, void: added });
    else await removeAll(added);
    throw error;
  }
}

async function settleLater(lost: OutcomeUnknown, ends: Ends): Promise<void> {
  for (let asked = 0; asked < askAgain.times; asked += 1) {
    await sleep(askAgain.everyMs, undefined, { ref: false });
    const outcome: Outcome | null = await outcomeOf(lost.mark, lost, 0).catch(() => null);
    if (outcome) return removeAll(ends[outcome]);
  }
}

async function removeAll(ids: readonly string[]): Promise<void> {
  for (const id of ids) {
    await fileRemover()
      .remove(id)
      .catch((error: unknown) =>
        log.error({ err: error, fileId: id }, 'files without a row were not removed'),
      );
  }
}

/** Stores under a new id, which no row can name yet: whatever goes wrong, nothing of it stays. */
async function storeWhole(fileId: string, write: () => Promise<Result<void>>): Promise<Result<void>> {
  try {
    const stored = await write();
    if (!stored.ok) await removeAll([fileId]);
    return stored;
  } catch (error) {
    await removeAll([fileId]);
    throw error;
  }
}

/** Stores every first size of a picture under a new id, or none. */
export function putPicture(
  fileId: string,
  picture: PreparedPicture,
  access: FileAccess,
): Promise<Result<void>> {
  const sizes = Object.fromEntries(
    firstVariants.map((name) => [name, picture.variants[name].bytes]),
  ) as Record<FirstVariantName, Buffer>;
  return storeWhole(fileId, () => fileStore().put(fileId, sizes, access));
}

/** The same, and the file that it was made from, as it was sent, under an id of its own; both or none. Nobody else may see it. */
export function putSentPicture(
  fileId: string,
  picture: PreparedPicture,
  sent: { readonly fileId: string; readonly bytes: Buffer },
): Promise<Result<void>> {
  return storeWhole(sent.fileId, async () => {
    const put = await fileStore().put(sent.fileId, { original: sent.bytes }, 'private');
    return put.ok ? putPicture(fileId, picture, 'private') : put;
  });
}

/** The same with the bytes of a stored file, which stays. `notFound` when it has gone meanwhile. */
export function copyPicture(
  from: { readonly fileId: string; readonly sizes: readonly VariantName[] },
  fileId: string,
  access: FileAccess,
): Promise<Result<void>> {
  return storeWhole(fileId, () => fileStore().copy(from.fileId, fileId, from.sizes, access));
}

/** Removes what was added to an image's files while the image went or moved; what a row still names stays. */
export async function removeUnnamed(
  fileId: string,
  isNamed: (fileId: string) => Promise<boolean>,
): Promise<void> {
  if (!(await isNamed(fileId))) await removeAll([fileId]);
}

import type { ErrorCode } from '#lib/core/errors.ts';
import { fail, type Result, succeed } from '#lib/core/result.ts';
import type { Tx } from '#lib/db/transact.ts';
import { countGalleryLeft, countImagesLeft, type Owner } from '../image/store.ts';
import { declaredProblem, pictureLimits } from '../policy.ts';
import { findSentSpace } from '../sent/store.ts';
import { uploadParts } from './part-store.ts';
import { reserveUploads, type WantedUpload } from './store.ts';

/** Failures of ours that the same bytes may not meet again. */
const passing: readonly ErrorCode[] = ['service.unavailable', 'answer.lost', 'file.storageFull'];

export function isPassing(code: ErrorCode): boolean {
  return passing.includes(code);
}

/** Under what an upload stands in the ingest: `photo` for users, `gallery` for vendors. */
const slugOf = (owner: Owner) => ('userId' in owner ? 'photo' : 'gallery');

/**
 * Takes room for files that are about to be sent, by what is said of them; whichever way they come. Fails with what can
 * be said against one of them, and as `reserveUploads`. What is to be kept as it is sent may be larger, and fails with
 * `quota.originalsFull` where the vendor's space does not hold it.
 */
export async function reserveFiles(
  owner: Owner,
  files: readonly WantedUpload[],
  keepsSent = false,
): Promise<Result<null>> {
  const maxBytes = keepsSent ? pictureLimits.maxSentBytes : pictureLimits.maxBytes;
  for (const { fileName: name, fileSize: size, mimeType: type } of files) {
    const problem = declaredProblem({ name, size, type }, maxBytes);
    if (problem) return fail(problem, `declared ${size} bytes of ${type}`);
  }
  if (keepsSent && 'vendorId' in owner) {
    const { space, used } = await findSentSpace(owner.vendorId);
    const wanted = files.reduce((sum, { fileSize }) => sum + fileSize, 0);
    if (used + wanted > space) return fail('quota.originalsFull', `${used} of ${space} bytes are used`);
  }
  const countLeft = (tx: Tx) =>
    'userId' in owner ? countImagesLeft(tx, owner.userId) : countGalleryLeft(tx, owner.vendorId);
  const reserved = await reserveUploads(owner, slugOf(owner), files, countLeft);
  if (!reserved.ok) return reserved;
  for (const id of reserved.value) await uploadParts().remove(id);
  return succeed(null);
}

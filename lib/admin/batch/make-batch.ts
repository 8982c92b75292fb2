import { recordEvent } from '#lib/audit/record-event.ts';
import type { AdminActor } from '#lib/core/actor.ts';
import { fail, type Result, succeed } from '#lib/core/result.ts';
import { transact } from '#lib/db/transact.ts';
import { randomCode } from '../coupon/create-coupon.ts';
import { insertBatch, listBatchCodes, type NewBatch, noteExport, retireBatchCodes } from './store.ts';

function newCodes(size: number): string[] {
  const codes = new Set<string>();
  while (codes.size < size) codes.add(randomCode());
  return [...codes];
}

/**
 * Makes a batch of random gift codes, each for one use by one person; one that is sent again is the same. Fails beside its field
 * when the end is before the beginning.
 */
export async function createBatch(
  actor: AdminActor,
  { size, ...batch }: NewBatch & { size: number },
): Promise<Result<{ size: number }>> {
  const { id, name, value, audience, startsAt, endsAt } = batch;
  if (endsAt && endsAt.getTime() <= (startsAt?.getTime() ?? Date.now())) {
    return fail('input.invalid', 'the end of a batch', { fields: { endsOn: 'admin.coupons.endFirst' } });
  }
  return transact(async (tx) => {
    const made = await insertBatch(tx, batch, newCodes(size), actor.userId);
    // One in a thousand million million: nothing is kept, and the next try has other codes.
    if (made === null) return fail('state.illegal', 'a random code was taken');
    if (made) {
      const metadata = { name, size, value, audience, endsAt: endsAt?.toISOString() ?? null };
      await recordEvent(tx, actor, 'batch.create', { resource: 'batch', resourceId: id, metadata });
    }
    return succeed({ size });
  });
}

/**
 * The codes of a batch as CSV, once: whoever has the file has the codes. Fails with `state.illegal` when they left before, or
 * there is no such batch. An answer that was lost is given again to who asks for it again.
 */
export async function exportBatch(
  actor: AdminActor,
  { id }: { id: string },
): Promise<Result<{ file: string; codes: number }>> {
  return transact(async (tx) => {
    const name = await noteExport(tx, id);
    if (name === null) return fail('state.illegal', `batch ${id} has left, or there is none`);
    await recordEvent(tx, actor, 'batch.export', { resource: 'batch', resourceId: id, metadata: { name } });
    const codes = await listBatchCodes(tx, id);
    // Letters and digits alone; Excel reads UTF-8 only behind the mark.
    return succeed({ file: `\uFEFF${['code', ...codes].join('\r\n')}\r\n`, codes: codes.length });
  });
}

/** Takes the codes of a batch that nobody has used out of use. Fails with `state.illegal` when there is none left. */
export async function retireBatch(
  actor: AdminActor,
  { id }: { id: string },
): Promise<Result<{ retired: number }>> {
  return transact(async (tx) => {
    const retired = await retireBatchCodes(tx, id);
    if (retired === 0) return fail('state.illegal', `no code of batch ${id} is left`);
    await recordEvent(tx, actor, 'batch.retire', {
      resource: 'batch',
      resourceId: id,
      metadata: { retired },
    });
    return succeed({ retired });
  });
}

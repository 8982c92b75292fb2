import { recordEvent } from '#lib/audit/record-event.ts';
import { retryConversion } from '#lib/conversions/retry-conversion.ts';
import type { AdminActor } from '#lib/core/actor.ts';
import { fail, type Result, succeed } from '#lib/core/result.ts';
import { db } from '#lib/db/client.ts';
import { transact } from '#lib/db/transact.ts';
import { findConversionOwner } from './conversion-store.ts';

/**
 * Asks again for what failed, in its owner's place: a new conversion, charged as the first one was before its charge
 * came back. Fails like `retryConversion`, when the account has nothing left too.
 */
export async function rerunConversion(
  actor: AdminActor,
  { id }: { id: string },
): Promise<Result<{ id: string }>> {
  const userId = await findConversionOwner(db(), id);
  if (!userId) return fail('notFound', `no conversion ${id}`);
  const again = await retryConversion({ kind: 'user', userId, sessionId: actor.sessionId }, id);
  if (!again.ok) return again;
  return transact(async (tx) => {
    await recordEvent(tx, actor, 'conversion.rerun', {
      resource: 'conversion',
      resourceId: id,
      metadata: { again: again.value.id },
    });
    return succeed(again.value);
  });
}

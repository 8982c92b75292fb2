import { recordEvent } from '#lib/audit/record-event.ts';
import { system } from '#lib/core/actor.ts';
import { succeed } from '#lib/core/result.ts';
import { transact } from '#lib/db/transact.ts';
import { failAbandoned } from '../store.ts';

/** Ends a conversion whose job used up its tries; its charge comes back. Does nothing when it has ended. */
export async function settleDeadConversion(conversionId: string): Promise<void> {
  await transact(async (tx) => {
    if (await failAbandoned(tx, conversionId, 'every attempt broke')) {
      await recordEvent(tx, system, 'conversion.fail', {
        resource: 'conversion',
        resourceId: conversionId,
        metadata: { code: 'internal' },
      });
    }
    return succeed(null);
  });
}

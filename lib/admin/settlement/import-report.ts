import { createHash } from 'node:crypto';
import { recordEvent } from '#lib/audit/record-event.ts';
import type { AdminActor } from '#lib/core/actor.ts';
import type { GatewayName } from '#lib/core/env/payment-env.ts';
import { fail, type Result, succeed } from '#lib/core/result.ts';
import { transact } from '#lib/db/transact.ts';
import { readReport } from './read-report.ts';
import { insertReport, takeFees } from './store.ts';

/**
 * Takes a settlement report of a gateway in: each line is put beside the payment or refund it is for, and fees that the gateway had
 * not said are taken over. The same file again is refused; one line that cannot be read leaves all of it out.
 */
export async function importReport(
  actor: AdminActor,
  { name, gateway, text }: { name: string; gateway: GatewayName; text: string },
): Promise<Result<{ lines: number }>> {
  const read = readReport(text);
  if (!read.ok) return read;
  const lines = read.value;
  const hash = createHash('sha256').update(text).digest('hex');
  return transact<{ lines: number }>(async (tx) => {
    const id = await insertReport(tx, { name, gateway, hash, importedBy: actor.userId, lines });
    if (!id) {
      return fail('input.invalid', 'imported before', { fields: { text: 'admin.settlements.known' } });
    }
    const fees = await takeFees(tx, id);
    await recordEvent(tx, actor, 'settlement.import', {
      resource: 'settlement',
      resourceId: id,
      metadata: { gateway, lines: lines.length, fees },
    });
    return succeed({ lines: lines.length });
  });
}

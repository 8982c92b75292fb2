import type { Actor } from '#lib/core/actor.ts';
import { log } from '#lib/core/log.ts';
import { succeed } from '#lib/core/result.ts';
import { transact } from '#lib/db/transact.ts';
import { actAsSystem } from '#lib/db/walls/acting.ts';
import { recordEvent } from './record-event.ts';
import { findForeign, wasRefusedLately } from './store.ts';

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const fileId = /^[0-9a-f]{32}$/;
const mostIds = 10;

/** Every id that stands in what was sent, a list of them included. */
function idsIn(sent: unknown): string[] {
  if (typeof sent === 'string') return uuid.test(sent) || fileId.test(sent) ? [sent.toLowerCase()] : [];
  if (Array.isArray(sent)) return sent.slice(0, mostIds).flatMap(idsIn);
  return sent && typeof sent === 'object' ? Object.values(sent).flatMap(idsIn) : [];
}

/**
 * Writes down that somebody signed in reached for what belongs to another account: one row for each thing and
 * hour. What was refused is answered as not found all the same, also when this cannot be written: nothing
 * was changed. An id that nobody has leaves no trace.
 *
 * @param door The way it was tried: a rate-limit policy or a route.
 */
export async function recordRefusal(actor: Actor, sent: unknown, door: string): Promise<void> {
  if (actor.kind !== 'user' && actor.kind !== 'vendor') return;
  const account = actor.kind === 'user' ? actor.userId : actor.vendorId;
  const ids = [...new Set(idsIn(sent))].slice(0, mostIds);
  if (ids.length === 0) return;
  try {
    await transact(async (tx) => {
      for (const { resource, id } of await actAsSystem(() => findForeign(tx, ids, account))) {
        if (await wasRefusedLately(tx, actor, id)) continue;
        await recordEvent(tx, actor, 'access.refuse', { resource, resourceId: id, metadata: { door } });
      }
      return succeed(null);
    });
  } catch (error) {
    log.error({ err: error, door }, 'a refused access was not written down');
  }
}

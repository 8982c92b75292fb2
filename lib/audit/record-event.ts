import type { Actor } from '#lib/core/actor.ts';
import type { Tx } from '#lib/db/transact.ts';
import type { AuditAction } from './audit-actions.ts';
import { insertAuditRow } from './store.ts';

/** What an event is about and what else is worth knowing. Never a secret, never a whole phone number. */
export type EventDetails = {
  resource?: string;
  resourceId?: string;
  metadata?: Record<string, string | number | boolean | null>;
};

/** Visitors have no account: what they cause is written down as the program's own observation. */
function actorColumns(actor: Actor) {
  switch (actor.kind) {
    case 'user':
      return { actorType: 'user' as const, userId: actor.userId, vendorId: null };
    case 'admin':
      return { actorType: 'admin' as const, userId: actor.userId, vendorId: null };
    case 'vendor':
      return { actorType: 'vendor' as const, userId: null, vendorId: actor.vendorId };
    default:
      return { actorType: 'system' as const, userId: null, vendorId: null };
  }
}

/** Writes an audit event in the caller's transaction, so that neither can exist without the other. */
export async function recordEvent(
  tx: Tx,
  actor: Actor,
  action: AuditAction,
  details: EventDetails = {},
): Promise<void> {
  await insertAuditRow(tx, {
    ...actorColumns(actor),
    action,
    resource: details.resource ?? null,
    resourceId: details.resourceId ?? null,
    // An administrator's reason is part of every act, whatever else is told about it.
    metadata: { ...details.metadata, ...(actor.kind === 'admin' ? { reason: actor.reason } : {}) },
  });
}

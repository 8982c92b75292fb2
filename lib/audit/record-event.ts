import { isIP } from 'node:net';
import type { Actor } from '#lib/core/actor.ts';
import type { Tx } from '#lib/db/transact.ts';
import type { AuditAction } from './audit-actions.ts';
import { phoneKey } from './phone-key.ts';
import { insertAuditRow, insertOrigin } from './store.ts';

/** Where an event came from: kept apart from it, for ninety days or as long as the account. */
type Origin = {
  readonly address: string;
  readonly userAgent?: string | null;
  /** Whose number it is about, when that is all one knows. */
  readonly phone?: string;
};

/**
 * What an event is about and what else is worth knowing. It is kept for ever: never a secret, an address or a part of
 * a number.
 */
export type EventDetails = {
  origin?: Origin;
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
  const columns = actorColumns(actor);
  const auditId = await insertAuditRow(tx, {
    ...columns,
    action,
    resource: details.resource ?? null,
    resourceId: details.resourceId ?? null,
    // An administrator's reason is part of every action, whatever else stands in the row.
    metadata: {
      ...details.metadata,
      ...(details.origin?.phone ? { phone: phoneKey(details.origin.phone) } : {}),
      ...(actor.kind === 'admin' ? { reason: actor.reason } : {}),
    },
  });
  if (!details.origin) return;
  const { address, userAgent = null, phone } = details.origin;
  const isAccount = details.resource === 'user' || details.resource === 'vendor';
  await insertOrigin(tx, {
    auditId,
    accountId: columns.userId ?? columns.vendorId ?? (isAccount ? (details.resourceId ?? null) : null),
    phoneKey: phone ? phoneKey(phone) : null,
    address: isIP(address) ? address : null,
    userAgent: userAgent?.slice(0, 400) ?? null,
  });
}

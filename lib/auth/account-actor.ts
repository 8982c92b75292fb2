import type { AccountKind, UserActor, VendorActor } from '#lib/core/actor.ts';

/** Somebody signed in, of either kind. */
export type AccountActor = UserActor | VendorActor;

/** Which account acts. */
export function accountOf(actor: AccountActor): { kind: AccountKind; accountId: string } {
  return actor.kind === 'user'
    ? { kind: 'user', accountId: actor.userId }
    : { kind: 'vendor', accountId: actor.vendorId };
}

import type { AccountKind, UserActor, VendorActor } from '#lib/core/actor.ts';

/** Whose payments and periods; always one account of one kind. */
export type Owner = { readonly kind: AccountKind; readonly accountId: string };

/** Whoever may buy. */
export type Buyer = UserActor | VendorActor;

export function ownerOf(actor: Buyer): Owner {
  return actor.kind === 'user'
    ? { kind: 'user', accountId: actor.userId }
    : { kind: 'vendor', accountId: actor.vendorId };
}

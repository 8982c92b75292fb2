/** Account kinds a person can sign in as; each has its own table, cookie and pages. */
export type AccountKind = 'user' | 'vendor';

export type UserActor = { readonly kind: 'user'; readonly userId: string; readonly sessionId: string };
export type VendorActor = { readonly kind: 'vendor'; readonly vendorId: string; readonly sessionId: string };
/** A user who may run the place, while they do: every action of theirs says why. */
export type AdminActor = {
  readonly kind: 'admin';
  readonly userId: string;
  readonly sessionId: string;
  /** In their own words; stands in the audit row of whatever they do. */
  readonly reason: string;
};
export type VisitorActor = { readonly kind: 'visitor' };
/** The program itself: workers, sweeps, scripts. */
export type SystemActor = { readonly kind: 'system' };

/** Who acts now. */
export type Actor = UserActor | VendorActor | AdminActor | VisitorActor | SystemActor;

export const visitor: VisitorActor = { kind: 'visitor' };
export const system: SystemActor = { kind: 'system' };

/** Somebody signed in, of either kind. */
export type AccountActor = UserActor | VendorActor;

/** An account of either kind, by its kind and id. */
export type AccountRef = { readonly kind: AccountKind; readonly accountId: string };

/** Which account acts. */
export function accountOf(actor: AccountActor): AccountRef {
  return { kind: actor.kind, accountId: actor.kind === 'user' ? actor.userId : actor.vendorId };
}

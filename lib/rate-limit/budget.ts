/**
 * What a budget is counted per, by who can spend it:
 *
 * - Own: a key that only who asks has (an account, a session, the secret of a browser). Nobody else can spend it.
 * - Near: a place, alone or with what is asked for there. Only who shares the place can spend it. `address` is one IPv4
 *   address or a /64 of IPv6, which one subscriber holds; `site` a /56 of IPv6; `network` a /48, or a /24 of IPv4.
 * - Shared: what a stranger can name from anywhere.
 */
type OwnKey = 'account' | 'session' | 'phone+browser';
type NearKey =
  | 'address'
  | 'site'
  | 'network'
  | 'phone+address'
  | 'phone+network'
  | 'link+address'
  | 'link+network';
type SharedKey = 'phone' | 'link' | 'everyone';
export type LimitKey = OwnKey | NearKey | SharedKey;

type Size = { readonly points: number; readonly seconds: number };

/** Counted from what is in the database, exactly, by the store that writes the rows; `checkLimit` leaves it out. */
type InRows = { readonly counted: 'rows' };

/** A budget of one's own, or of one's place. */
type ClosedBudget = Size & { readonly per: OwnKey | NearKey; readonly counted?: 'rows' };

/**
 * A budget that strangers share with those who need it. Empty, it does not shut: each network may still spend what
 * `narrows` says. At `ceiling` points beyond it shuts after all, for browsers that have proved nothing.
 */
type NarrowingBudget = Size & {
  readonly per: SharedKey;
  readonly narrows: Size & { readonly per: NearKey };
  readonly ceiling: number;
};

export type Budget = ClosedBudget | NarrowingBudget | (Size & InRows & { readonly per: SharedKey });

const shared: ReadonlySet<string> = new Set<SharedKey>(['phone', 'link', 'everyone']);

/**
 * Whether somebody else can spend from a budget from anywhere: the question of the tests that keep decision 035.
 * @internal
 */
export function isShared({ per }: Pick<Budget, 'per'>): boolean {
  return shared.has(per);
}

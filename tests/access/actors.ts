import { sealClaims } from '#lib/auth/session/session-token.ts';
import type { TestDatabase } from '#scripts/rig/database.ts';
import { showFactor } from '#tests/support/admin.ts';
import { signUpAndVerify } from '#tests/support/identity.ts';

/** Everybody who must not pass somewhere, as the cookies of their browsers. */
export type Actors = Readonly<Record<Exclude<ActorName, 'anonymous'>, Readonly<Record<string, string>>>> & {
  readonly anonymous: Readonly<Record<string, string>>;
};

export type ActorName =
  | 'anonymous'
  | 'forged'
  | 'user'
  | 'otherUser'
  | 'suspendedUser'
  | 'signedOutUser'
  | 'vendor'
  | 'otherVendor'
  | 'suspendedVendor'
  | 'vendorAsUser'
  | 'userAsVendor'
  | 'admin'
  | 'staleAdmin'
  /** Has a second factor, and has not shown it in this session. */
  | 'unprovedAdmin'
  /** Has none yet. */
  | 'unenrolledAdmin'
  | 'supportAdmin'
  | 'financeAdmin'
  | 'moderatorAdmin';

const userCookie = 'ai-stayler.user-session';
const vendorCookie = 'ai-stayler.vendor-session';

export type World = {
  actors: Actors;
  userId: string;
  vendorId: string;
  otherUserId: string;
  otherVendorId: string;
  adminId: string;
};

type Person = Awaited<ReturnType<typeof signUpAndVerify>>;

/** Makes one person of each kind, with a real account and a real session. */
export async function peopleOf(database: TestDatabase): Promise<World> {
  const user = await signUpAndVerify(database, 'user');
  const other = await signUpAndVerify(database, 'user');
  const suspended = await signUpAndVerify(database, 'user');
  const gone = await signUpAndVerify(database, 'user');
  const admin = await signUpAndVerify(database, 'user');
  const stale = await signUpAndVerify(database, 'user');
  const vendor = await signUpAndVerify(database, 'vendor');
  const otherVendor = await signUpAndVerify(database, 'vendor');
  const closed = await signUpAndVerify(database, 'vendor');
  await database.query('UPDATE users SET is_active = false WHERE id = $1', [suspended.accountId]);
  await database.query('UPDATE vendors SET is_active = false WHERE id = $1', [closed.accountId]);
  // Whose pictures need nobody's word before they are shown.
  await database.query('UPDATE vendors SET is_verified = true WHERE id = $1', [vendor.accountId]);
  await database.query('UPDATE sessions SET revoked_at = now() WHERE id = $1', [gone.claims.sid]);
  const roles = ['support', 'finance', 'moderator'] as const;
  const [unproved, unenrolled] = [await signUpAndVerify(database), await signUpAndVerify(database)];
  const helpers = await Promise.all(roles.map(() => signUpAndVerify(database)));
  for (const { accountId } of [admin, stale, unproved, unenrolled]) {
    await database.query('INSERT INTO admin_grants (user_id) VALUES ($1)', [accountId]);
  }
  for (const [at, role] of roles.entries()) {
    await database.query('INSERT INTO admin_grants (user_id, role) VALUES ($1, $2)', [
      helpers[at]?.accountId,
      role,
    ]);
  }
  for (const { accountId, claims } of [admin, stale, ...helpers]) {
    await showFactor(database, accountId, claims.sid);
  }
  await showFactor(database, unproved.accountId, null);
  // Renewed a moment ago, but signed in longer ago than an administrator may have.
  await database.query(
    "UPDATE sessions SET created_at = created_at - interval '61 minutes', rotated_at = now() WHERE id = $1",
    [stale.claims.sid],
  );
  const [userValue, vendorValue] = [await sealClaims(user.claims), await sealClaims(vendor.claims)];
  const actors: Actors = {
    anonymous: {},
    forged: { [userCookie]: `${userValue}x`, [vendorCookie]: `${vendorValue}x` },
    user: { [userCookie]: userValue },
    otherUser: { [userCookie]: await sealClaims(other.claims) },
    suspendedUser: { [userCookie]: await sealClaims(suspended.claims) },
    signedOutUser: { [userCookie]: await sealClaims(gone.claims) },
    vendor: { [vendorCookie]: vendorValue },
    otherVendor: { [vendorCookie]: await sealClaims(otherVendor.claims) },
    suspendedVendor: { [vendorCookie]: await sealClaims(closed.claims) },
    vendorAsUser: { [userCookie]: vendorValue },
    userAsVendor: { [vendorCookie]: userValue },
    admin: { [userCookie]: await sealClaims(admin.claims) },
    staleAdmin: { [userCookie]: await sealClaims(stale.claims) },
    unprovedAdmin: { [userCookie]: await sealClaims(unproved.claims) },
    unenrolledAdmin: { [userCookie]: await sealClaims(unenrolled.claims) },
    supportAdmin: { [userCookie]: await sealClaims((helpers[0] as Person).claims) },
    financeAdmin: { [userCookie]: await sealClaims((helpers[1] as Person).claims) },
    moderatorAdmin: { [userCookie]: await sealClaims((helpers[2] as Person).claims) },
  };
  return {
    actors,
    userId: user.accountId,
    vendorId: vendor.accountId,
    otherUserId: other.accountId,
    otherVendorId: otherVendor.accountId,
    adminId: admin.accountId,
  };
}

/** All who are not a live user, and all who are not a live vendor. */
export const notUsers: readonly ActorName[] = [
  'anonymous',
  'forged',
  'suspendedUser',
  'signedOutUser',
  'vendor',
  'vendorAsUser',
];
export const notVendors: readonly ActorName[] = [
  'anonymous',
  'forged',
  'suspendedVendor',
  'user',
  'userAsVendor',
];
/** An administrator for one part only, by the role. */
export const helpers = {
  support: 'supportAdmin',
  finance: 'financeAdmin',
  moderator: 'moderatorAdmin',
} as const satisfies Record<string, ActorName>;

/** Administrators to whom nothing opens yet, and the code that says why. */
export const halfAdmins: readonly (readonly [ActorName, string])[] = [
  ['staleAdmin', 'auth.sessionOld'],
  ['unprovedAdmin', 'auth.factorMissing'],
  ['unenrolledAdmin', 'auth.factorMissing'],
];

/** All who are no administrators: for them administration is not there. */
export const notAdmins: readonly ActorName[] = [
  'anonymous',
  'forged',
  'user',
  'suspendedUser',
  'signedOutUser',
  'vendor',
  'vendorAsUser',
];

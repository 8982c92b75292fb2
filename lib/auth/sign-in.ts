import { recordEvent } from '#lib/audit/record-event.ts';
import { type AccountKind, system } from '#lib/core/actor.ts';
import type { Phone } from '#lib/core/phone.ts';
import { fail, type Result, succeed } from '#lib/core/result.ts';
import { db } from '#lib/db/client.ts';
import { transact } from '#lib/db/transact.ts';
import { actAlso } from '#lib/db/walls/acting.ts';
import { recordNotice } from '#lib/notifications/notice/record-notice.ts';
import { type Taken, takeLimit } from '#lib/rate-limit/check-limit.ts';
import { type AccountRow, findAccountByPhone } from './account-store.ts';
import { type HashTurn, strangerTurn, verifyPassword } from './password/password.ts';
import { describeAgent, isSameAgent } from './session/describe-agent.ts';
import { listKnownAgents } from './session/device-store.ts';
import { knownBrowserOf } from './session/known-browser.ts';
import { type Device, openSession, reopenSession } from './session/open-session.ts';
import type { SessionClaims } from './session/session-token.ts';
import { suspensionCode } from './suspension.ts';

export type SignIn = {
  readonly kind: AccountKind;
  readonly phone: Phone;
  readonly password: string;
  readonly device: Device;
  /** What the session is to be called: a request that is sent again finds it. */
  readonly sessionId?: string;
  /** The session that this browser had before. */
  readonly replaces: SessionClaims | null;
  /** The cookie of the accounts that this browser was signed in to. */
  readonly known?: string | undefined;
};

/**
 * Counts a try before the password is looked at. A browser that the account knows has a budget of its own; all others share
 * theirs, and nothing in it tells whether the number has an account.
 */
async function take(
  request: SignIn,
  account: AccountRow | null,
): Promise<Result<Taken & { turn: HashTurn }>> {
  const { kind, device, replaces } = request;
  const phone = `${kind}|${request.phone}`;
  const before = replaces && replaces.realm === kind && replaces.sub === account?.id ? replaces.sid : null;
  const browser = account && (knownBrowserOf(request.known, { kind, accountId: account.id }) ?? before);
  const { address } = device;
  const taken = browser
    ? await takeLimit('session.createKnown', { phone, browser })
    : await takeLimit('session.create', { phone, address });
  if (!taken.ok) return taken;
  const turn = browser ? ({ lane: 'inside', whose: browser } as const) : strangerTurn(address);
  return succeed({ ...taken.value, turn });
}

async function refuse(request: SignIn, accountId: string | null, reason: string): Promise<void> {
  await transact(async (tx) => {
    await recordEvent(tx, system, 'session.refuse', {
      resource: request.kind,
      ...(accountId ? { resourceId: accountId } : {}),
      metadata: { reason },
      origin: { ...request.device, phone: request.phone },
    });
    return succeed(null);
  });
}

/** Signs in with phone and password. An unknown number costs the same time and gets the same answer as a wrong password. */
export async function signIn(request: SignIn): Promise<Result<SessionClaims>> {
  const { kind, phone, password, device } = request;
  const find = () => findAccountByPhone(db(), kind, phone);
  // A browser that is not known is counted before anything is looked up.
  const early = request.known || request.replaces ? await find() : null;
  const room = await take(request, early);
  if (!room.ok) return room;
  const account = early ?? (await find());
  const isRight = await verifyPassword(password, account?.passwordHash ?? null, room.value.turn);
  if (!isRight.ok || isRight.value) await room.value.giveBack();
  if (!isRight.ok) return isRight;
  if (!account || !isRight.value) {
    await refuse(request, account?.id ?? null, 'credentials');
    return fail('auth.badCredentials', 'unknown number or wrong password');
  }
  if (!account.isActive) {
    await refuse(request, account.id, 'inactive');
    return fail(suspensionCode(account.suspendedFor), `${kind} is suspended`);
  }
  const opened = request.sessionId ? await reopenSession(kind, request.sessionId) : null;
  if (opened?.sub === account.id) return succeed(opened);
  actAlso(account.id);
  return transact(async (tx) => {
    const known = await listKnownAgents(tx, kind, account.id);
    const claims = await openSession(tx, kind, account.id, device, request.replaces, request.sessionId);
    if (!known.some((agent) => isSameAgent(agent, device.userAgent))) {
      const owner = { kind, accountId: account.id };
      await recordNotice(tx, owner, 'session.newDevice', describeAgent(device.userAgent));
    }
    return succeed(claims);
  });
}

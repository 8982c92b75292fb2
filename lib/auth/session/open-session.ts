import { randomUUID } from 'node:crypto';
import { isIP } from 'node:net';
import { recordEvent } from '#lib/audit/record-event.ts';
import type { AccountKind, Actor } from '#lib/core/actor.ts';
import type { Tx } from '#lib/db/transact.ts';
import { actAlso } from '#lib/db/walls/acting.ts';
import { updateLastLogin } from '../account-store.ts';
import { accessEnd, hashToken, newTokenSalt, refreshToken, type SessionClaims } from './session-token.ts';
import { findLiveSession, insertSession, revokeSessionRow } from './store.ts';

/** Where a sign-in comes from, as it is shown to the owner of the account later. */
export type Device = { readonly address: string; readonly userAgent: string | null };

/** Who acts with a session. */
export function actorOf(kind: AccountKind, accountId: string, sessionId: string): Actor {
  return kind === 'user'
    ? { kind: 'user', userId: accountId, sessionId }
    : { kind: 'vendor', vendorId: accountId, sessionId };
}

/** Opens a session for an account in the caller's transaction; the claims go into the browser's cookie. */
export async function openSession(
  tx: Tx,
  kind: AccountKind,
  accountId: string,
  device: Device,
  /** The session that this browser had before: it ends. */
  replaces: SessionClaims | null = null,
  id: string = randomUUID(),
): Promise<SessionClaims> {
  actAlso(accountId);
  if (replaces) actAlso(replaces.sub);
  const tokenSalt = newTokenSalt();
  const token = refreshToken(id, 0, tokenSalt);
  await insertSession(tx, kind, {
    id,
    accountId,
    tokenSalt,
    tokenHash: hashToken(token),
    userAgent: device.userAgent?.slice(0, 400) ?? null,
    ip: isIP(device.address) ? device.address : null,
  });
  if (replaces) await revokeSessionRow(tx, kind, replaces.sub, replaces.sid);
  await updateLastLogin(tx, kind, accountId);
  await recordEvent(tx, actorOf(kind, accountId, id), 'session.create', {
    resource: 'session',
    resourceId: id,
    origin: device,
  });
  return { sub: accountId, realm: kind, sid: id, gen: 0, rt: token, ax: accessEnd() };
}

/**
 * The session with this id, for the very request that opened it and never heard of it: the id is made of what only that
 * browser knows (`newId` of its door). Null when there is none, or its token was exchanged since. The answer that was lost has
 * used it already: the framework renders the page anew in it, with the cookie that was just set.
 */
export async function reopenSession(kind: AccountKind, id: string): Promise<SessionClaims | null> {
  const session = await findLiveSession(kind, id, 0);
  if (session?.generation !== 0) return null;
  const rt = refreshToken(id, 0, session.tokenSalt);
  return { sub: session.accountId, realm: kind, sid: id, gen: 0, rt, ax: accessEnd() };
}

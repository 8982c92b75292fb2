import { renderSVG } from 'uqr';
import { recordEvent } from '#lib/audit/record-event.ts';
import type { UserActor } from '#lib/core/actor.ts';
import { env } from '#lib/core/env/env.ts';
import { fail, type Result, succeed } from '#lib/core/result.ts';
import { transact } from '#lib/db/transact.ts';
import { adminStanding } from '../admin/admin-standing.ts';
import * as store from './store.ts';
import {
  factorUri,
  hashRecoveryCode,
  newFactorSecret,
  newRecoveryCodes,
  openSecret,
  sealSecret,
  stepOfCode,
} from './totp.ts';

/** What an administrator's app needs to know, as a picture and as text. Shown once, kept sealed. */
export type NewFactor = { readonly secret: string; readonly uri: string; readonly qrSvg: string };

/**
 * Makes a secret for an administrator who signed in within the hour and has no second factor. It counts from its
 * first code on; asked for again before that, there is another one. Fails with `notFound` for everybody else.
 */
export async function beginFactor(actor: UserActor): Promise<Result<NewFactor>> {
  const admin = await adminStanding(actor);
  if (!admin) return fail('notFound', 'not an administrator');
  if (admin.standing === 'stale') return fail('auth.sessionOld', 'signed in too long ago');
  const secret = newFactorSecret();
  return transact(async (tx) => {
    if (!(await store.putFactor(tx, actor.userId, sealSecret(actor.userId, secret)))) {
      return fail('state.illegal', 'there is a second factor already');
    }
    const uri = factorUri(secret, new URL(env().nextauthUrl).host);
    return succeed({ secret, uri, qrSvg: renderSVG(uri, { border: 2 }) });
  });
}

/**
 * The first code of a new secret: from now on the console asks for it. Answers with the recovery codes, which nobody
 * is shown again.
 */
export async function confirmFactor(
  actor: UserActor,
  code: string,
): Promise<Result<{ recoveryCodes: string[] }>> {
  const { userId, sessionId } = actor;
  const admin = await adminStanding(actor);
  if (!admin) return fail('notFound', 'not an administrator');
  if (admin.standing === 'stale') return fail('auth.sessionOld', 'signed in too long ago');
  return transact(async (tx) => {
    const factor = await store.lockFactor(tx, userId);
    if (!factor || factor.isConfirmed)
      return fail('state.illegal', 'no second factor waits for its first code');
    const secret = openSecret(userId, factor.sealedSecret);
    const step = secret && stepOfCode(secret, code, factor.now);
    if (!step || !(await store.takeStep(tx, userId, step)))
      return fail('auth.codeWrong', 'not the code of now');
    const recoveryCodes = newRecoveryCodes();
    const hashes = recoveryCodes.map((one) => hashRecoveryCode(userId, one));
    await store.replaceRecoveryCodes(tx, userId, hashes);
    if (!(await store.markProved(tx, userId, sessionId)))
      return fail('auth.required', 'the session has ended');
    await recordEvent(tx, actor, 'factor.enrol', { resource: 'user', resourceId: userId });
    return succeed({ recoveryCodes });
  });
}

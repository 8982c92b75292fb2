import { recordEvent } from '#lib/audit/record-event.ts';
import type { UserActor } from '#lib/core/actor.ts';
import { fail, type Result, succeed } from '#lib/core/result.ts';
import { type Tx, transact } from '#lib/db/transact.ts';
import { adminStanding } from '../admin/admin-standing.ts';
import * as store from './store.ts';
import { hashRecoveryCode, openSecret, stepOfCode } from './totp.ts';

const isAppCode = (code: string) => /^\d{6}$/.test(code);

/** How a code was taken; null when it was not. A code that was taken once is a stranger's the second time. */
async function take(tx: Tx, userId: string, code: string): Promise<{ by: string; left?: number } | null> {
  const factor = await store.lockFactor(tx, userId);
  if (!factor?.isConfirmed) return null;
  if (!isAppCode(code)) {
    const left = await store.takeRecoveryCode(tx, userId, hashRecoveryCode(userId, code));
    return left === null ? null : { by: 'recovery', left };
  }
  const secret = openSecret(userId, factor.sealedSecret);
  const step = secret && stepOfCode(secret, code, factor.now);
  return step && (await store.takeStep(tx, userId, step)) ? { by: 'app' } : null;
}

/**
 * Opens administration to the session that shows the code of an administrator's app, or one of their recovery codes.
 * Fails with `auth.codeWrong` for any other code and for one that was taken before.
 */
export async function proveFactor(actor: UserActor, code: string): Promise<Result<null>> {
  const { userId, sessionId } = actor;
  const admin = await adminStanding(actor);
  if (!admin) return fail('notFound', 'not an administrator');
  if (admin.standing === 'stale') return fail('auth.sessionOld', 'signed in too long ago');
  const resource = { resource: 'user', resourceId: userId };
  const proved = await transact<null>(async (tx) => {
    const taken = await take(tx, userId, code);
    if (!taken) return fail('auth.codeWrong', 'not a code of now, or taken before');
    if (!(await store.markProved(tx, userId, sessionId)))
      return fail('auth.required', 'the session has ended');
    await recordEvent(tx, actor, 'factor.prove', { ...resource, metadata: taken });
    return succeed(null);
  });
  if (proved.ok || proved.code !== 'auth.codeWrong') return proved;
  await transact(async (tx) => {
    await recordEvent(tx, actor, 'factor.refuse', resource);
    return succeed(null);
  });
  return proved;
}

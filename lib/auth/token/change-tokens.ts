import { recordEvent } from '#lib/audit/record-event.ts';
import { type AccountActor, accountOf } from '#lib/core/actor.ts';
import { fail, type Result, succeed } from '#lib/core/result.ts';
import { transact } from '#lib/db/transact.ts';
import { confirmPassword } from '../password/confirm-password.ts';
import { type TokenLife, type TokenScope, tokenLimits } from './kinds.ts';
import { insertToken, revokeTokenRow } from './store.ts';
import { hashToken, hintOf, tokenOf } from './token-text.ts';

type Wanted = {
  readonly name: string;
  readonly scopes: readonly TokenScope[];
  readonly days: TokenLife;
  readonly password: string;
};

/**
 * Makes a personal token and answers it, this once; the password is asked for, because a token outlives the session that
 * made it. Fails with `token.tooMany` when twenty are alive. Asked for again under its `id`, it is the one that was made.
 */
export async function createToken(
  actor: AccountActor,
  { name, scopes, days, password }: Wanted,
  id: string,
): Promise<Result<{ id: string; token: string }>> {
  const confirmed = await confirmPassword(actor, password);
  if (!confirmed.ok) return confirmed;
  const { kind, accountId } = accountOf(actor);
  const token = tokenOf(kind, id);
  return transact(async (tx) => {
    const row = { id, name, hash: hashToken(token), hint: hintOf(token), scopes, days };
    const made = await insertToken(tx, kind, accountId, row, tokenLimits.alive);
    if (made === 'too many') return fail('token.tooMany', `${kind} ${accountId} has ${tokenLimits.alive}`);
    if (made === 'new') {
      const metadata = { scopes: scopes.join(' '), days };
      await recordEvent(tx, actor, 'token.create', { resource: 'token', resourceId: id, metadata });
    }
    return succeed({ id, token });
  });
}

/** Ends a token of one's own at once. Somebody else's is not found. */
export async function revokeToken(actor: AccountActor, { id }: { id: string }): Promise<Result<null>> {
  const { kind, accountId } = accountOf(actor);
  return transact(async (tx) => {
    if (!(await revokeTokenRow(tx, kind, accountId, id))) {
      return fail('notFound', 'no such live token of this account');
    }
    await recordEvent(tx, actor, 'token.revoke', { resource: 'token', resourceId: id });
    return succeed(null);
  });
}

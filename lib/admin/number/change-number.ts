import { phoneKey } from '#lib/audit/phone-key.ts';
import { recordEvent } from '#lib/audit/record-event.ts';
import { findAccountById, findAccountByPhone, updatePhone } from '#lib/auth/account-store.ts';
import { tellOldNumber } from '#lib/auth/phone/tell-old-number.ts';
import { revokeSessionRows } from '#lib/auth/session/store.ts';
import type { AccountKind, AdminActor } from '#lib/core/actor.ts';
import { maskPhone } from '#lib/core/phone.ts';
import { fail, type Result, succeed } from '#lib/core/result.ts';
import { type Tx, transact } from '#lib/db/transact.ts';
import { recordNotice } from '#lib/notifications/notice/record-notice.ts';
import { findNumberChange, insertNumberChange, moveNumberChange, type NumberChange } from './store.ts';

/**
 * The number of an owner who has lost it. An administrator asks, another one agrees, then it waits for two days in which
 * the owner, told where they are signed in, can object; only then it is done. The password stays: who has neither it
 * nor the number sets a new one by a code to the new number.
 */

type Account = { kind: AccountKind; id: string };

async function waiting(tx: Tx, { kind, id }: Account): Promise<Result<NumberChange>> {
  const change = await findNumberChange(tx, kind, id);
  return change ? succeed(change) : fail('notFound', `nothing waits for ${kind} ${id}`);
}

/** Asks for it. Fails with `state.illegal` when one waits already, and beside the field when the number has an account. */
export async function askNumberChange(
  actor: AdminActor,
  account: Account & { phone: string },
): Promise<Result<null>> {
  const { kind, id, phone } = account;
  return transact<null>(async (tx) => {
    const found = await findAccountById(tx, kind, id);
    if (!found) return fail('notFound', `no ${kind} ${id} in use`);
    if (await findAccountByPhone(tx, kind, phone)) {
      return fail('input.invalid', 'the number has an account', { fields: { phone: 'admin.number.taken' } });
    }
    const change = { kind, accountId: id, toPhone: phone, askedBy: actor.userId };
    if (!(await insertNumberChange(tx, change))) return fail('state.illegal', 'one waits already');
    await recordEvent(tx, actor, 'phone.ask', {
      resource: kind,
      resourceId: id,
      metadata: { from: phoneKey(found.phone), to: phoneKey(phone) },
    });
    await recordNotice(tx, { kind, accountId: id }, 'phone.ask', { to: maskPhone(phone) });
    return succeed(null);
  });
}

/** Agrees to what another one asked for. Fails with `state.illegal` for one's own. */
export async function agreeNumberChange(actor: AdminActor, account: Account): Promise<Result<null>> {
  return transact<null>(async (tx) => {
    const found = await waiting(tx, account);
    if (!found.ok) return found;
    const { id, askedBy, toPhone } = found.value;
    if (askedBy === actor.userId || account.id === actor.userId) {
      return fail('state.illegal', 'another one has to agree');
    }
    if (!(await moveNumberChange(tx, id, ['asked'], 'agreed', actor.userId))) {
      return fail('state.illegal', 'somebody agreed already');
    }
    await recordEvent(tx, actor, 'phone.agree', {
      resource: account.kind,
      resourceId: account.id,
      metadata: { to: phoneKey(toPhone) },
    });
    return succeed(null);
  });
}

/** Takes it back: the owner objected, or it was a mistake. */
export async function withdrawNumberChange(actor: AdminActor, account: Account): Promise<Result<null>> {
  return transact<null>(async (tx) => {
    const found = await waiting(tx, account);
    if (!found.ok) return found;
    if (!(await moveNumberChange(tx, found.value.id, ['asked', 'agreed'], 'withdrawn'))) {
      return fail('state.illegal', 'it is settled');
    }
    await recordEvent(tx, actor, 'phone.withdraw', { resource: account.kind, resourceId: account.id });
    return succeed(null);
  });
}

/**
 * Does it, once it has waited: the account has the new number, and every session ends. Fails with `number.waits` before
 * that, and with `auth.phoneTaken` when the number got an account meanwhile.
 */
export async function finishNumberChange(actor: AdminActor, account: Account): Promise<Result<null>> {
  const { kind, id: accountId } = account;
  return transact<null>(async (tx) => {
    const found = await waiting(tx, account);
    if (!found.ok) return found;
    const { id, toPhone } = found.value;
    if (!found.value.isDue) return fail('number.waits', `number change ${id} waits`);
    const owner = await findAccountById(tx, kind, accountId);
    if (!owner) return fail('state.illegal', `${kind} ${accountId} is not in use`);
    if (!(await moveNumberChange(tx, id, ['agreed'], 'done'))) return fail('state.illegal', 'it is settled');
    const changed = await updatePhone(tx, kind, { accountId, from: owner.phone, to: toPhone });
    if (changed === 'taken') return fail('auth.phoneTaken', 'the number got an account in the meantime');
    if (changed === 'gone') return fail('state.illegal', 'the account has another number by now');
    const ended = await revokeSessionRows(tx, kind, accountId);
    await recordEvent(tx, actor, 'phone.change', {
      resource: kind,
      resourceId: accountId,
      metadata: { from: phoneKey(owner.phone), to: phoneKey(toPhone), sessionsEnded: ended },
    });
    await recordNotice(tx, { kind, accountId }, 'phone.change', {
      to: maskPhone(toPhone),
    });
    await tellOldNumber(tx, { kind, from: owner.phone, to: toPhone });
    return succeed(null);
  });
}

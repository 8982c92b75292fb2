import { phoneKey } from '#lib/audit/phone-key.ts';
import { recordEvent } from '#lib/audit/record-event.ts';
import { deleteOrigins } from '#lib/audit/store.ts';
import { confirmPassword } from '#lib/auth/password/confirm-password.ts';
import { hashPhone } from '#lib/auth/verify-phone.ts';
import type { AccountActor } from '#lib/core/actor.ts';
import { accountOf } from '#lib/core/actor.ts';
import { type Result, succeed } from '#lib/core/result.ts';
import type { Tx } from '#lib/db/transact.ts';
import { commitFiles } from '#lib/files/storage/commit-files.ts';
import { eraseAccount } from './store.ts';

/**
 * Deletes an account for good; the password is asked for again: files, pictures, contents of conversions or
 * galleries, sessions, codes, profile, and where
 * its events came from. An anonymous row stays and owns the payments. The phone may sign up
 * again, without a free quota it has used before. Fails with `account.paymentOpen` while a payment waits at
 * the gateway.
 */
export async function deleteAccount(
  actor: AccountActor,
  { password }: { password: string },
): Promise<Result<null>> {
  const confirmed = await confirmPassword(actor, password);
  if (!confirmed.ok) return confirmed;
  const { kind, accountId } = accountOf(actor);
  const erase = async (tx: Tx) => {
    await deleteOrigins(tx, accountId, phoneKey(confirmed.value.phone));
    const fileIds = await eraseAccount(tx, kind, accountId, hashPhone(confirmed.value.phone));
    await recordEvent(tx, actor, 'account.delete', {
      resource: kind,
      resourceId: accountId,
      metadata: { files: fileIds.length },
    });
    return succeed({ value: null, gone: fileIds });
  };
  // A large gallery takes its time.
  return commitFiles(erase, [], { patience: 'long' });
}

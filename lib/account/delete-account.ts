import { recordEvent } from '#lib/audit/record-event.ts';
import { confirmPassword } from '#lib/auth/password/confirm-password.ts';
import type { Device } from '#lib/auth/session/open-session.ts';
import { hashPhone } from '#lib/auth/verify-phone.ts';
import type { AccountActor } from '#lib/core/actor.ts';
import { accountOf } from '#lib/core/actor.ts';
import { type Result, succeed } from '#lib/core/result.ts';
import type { Tx } from '#lib/db/transact.ts';
import { commitFiles } from '#lib/files/storage/commit-files.ts';
import { eraseAccount } from './store.ts';

/**
 * Deletes an account for good, for whoever knows its password: files, pictures, contents of conversions or
 * galleries, sessions, codes and profile. An anonymous row stays and owns the payments. The phone may sign up
 * again, without a free quota it has used before. Fails with `account.paymentOpen` while a payment waits at
 * the gateway.
 */
export async function deleteAccount(
  actor: AccountActor,
  { password }: { password: string },
  device: Device,
): Promise<Result<null>> {
  const confirmed = await confirmPassword(actor, password);
  if (!confirmed.ok) return confirmed;
  const { kind, accountId } = accountOf(actor);
  const erase = async (tx: Tx) => {
    const fileIds = await eraseAccount(tx, kind, accountId, hashPhone(confirmed.value.phone));
    await recordEvent(tx, actor, 'account.delete', {
      resource: kind,
      resourceId: accountId,
      metadata: { address: device.address, files: fileIds.length },
    });
    return succeed({ value: null, gone: fileIds });
  };
  // A large gallery takes its time.
  return commitFiles(erase, [], { patience: 'long' });
}

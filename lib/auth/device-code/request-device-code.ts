import type { AccountKind } from '#lib/core/actor.ts';
import type { Phone } from '#lib/core/phone.ts';
import type { Result } from '#lib/core/result.ts';
import { db } from '#lib/db/client.ts';
import { findAccountByPhone } from '../account-store.ts';
import { issueCode, limitNewRequests } from '../code/issue-code.ts';
import type { Device } from '../session/open-session.ts';
import { isAdmin } from './store.ts';

export type DeviceCodeRequest = {
  readonly kind: AccountKind;
  readonly phone: Phone;
  readonly browserHash: string;
  readonly device: Device;
};

/**
 * Asks for a code to sign in with that devices of the account show which are signed in already. No message is sent, so
 * that neither the phone network nor a messenger is needed. The answer is the same for numbers that nobody has here, and
 * for accounts that show none: suspended ones and those of administrators, who sign in by password.
 */
export async function requestDeviceCode(request: DeviceCodeRequest): Promise<Result<null>> {
  const { kind, phone, browserHash, device } = request;
  const { address, userAgent } = device;
  const purpose = 'sign_in';
  const room = await limitNewRequests(address, { kind, purpose, phone });
  if (!room.ok) return room;
  const account = await findAccountByPhone(db(), kind, phone);
  const hasRights = await isAdmin(db(), { kind, accountId: account?.id ?? nobody });
  return issueCode({
    kind,
    purpose,
    phone,
    browserHash,
    accountId: account?.id ?? null,
    standing: 'stranger',
    address,
    pending: {
      message: account?.isActive && !hasRights ? 'device' : 'nothing',
      asker: userAgent?.slice(0, 400) ?? null,
    },
  });
}

/** Asked for in place of an account that is not there, so that both take the same time. */
const nobody = '00000000-0000-4000-8000-000000000000';

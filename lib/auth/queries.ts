import type { AccountKind } from '#lib/core/actor.ts';
import { db } from '#lib/db/client.ts';
import { isSmsDelayed } from '#lib/notifications/sms/send-sms.ts';
import type { CodePurpose } from './code/store.ts';
import { findNewestCode } from './code/store.ts';
import { knownBrowser } from './door/request-context.ts';

/** What the page that asks for a code shows. */
export type WaitingCode = { phone: string; resendInSeconds: number; endsInSeconds: number };

/** The code that this browser is waiting for; null when it asked for none or has used it. */
export async function findWaitingCode(kind: AccountKind, purpose: CodePurpose): Promise<WaitingCode | null> {
  const browserHash = await knownBrowser();
  const newest = browserHash && (await findNewestCode(db(), { browserHash, purpose, kind }));
  if (!newest || newest.isConsumed) return null;
  // While messages are late for everybody nobody has to wait: see `issue-code.ts`.
  const { phone, endsInSeconds } = newest;
  return { phone, endsInSeconds, resendInSeconds: (await isSmsDelayed()) ? 0 : newest.resendInSeconds };
}

import type { AccountRef } from '#lib/core/actor.ts';
import type { Tx } from '#lib/db/transact.ts';
import type { NoticeKind } from './kinds.ts';
import { insertNotice } from './store.ts';

/** Tells the owner of an account something, in the transaction in which it happens. */
export async function recordNotice(
  tx: Tx,
  owner: AccountRef,
  kind: NoticeKind,
  data: Readonly<Record<string, string>> = {},
): Promise<void> {
  await insertNotice(tx, owner, kind, data);
}

import { type AccountActor, accountOf } from '#lib/core/actor.ts';
import { db } from '#lib/db/client.ts';
import { listTokenRows, type TokenRow } from './store.ts';

/** A token as its owner sees it: everything but the token. */
export type TokenView = TokenRow;

/** The actor's tokens that can be used now, newest first. */
export async function listTokens(actor: AccountActor): Promise<TokenView[]> {
  const { kind, accountId } = accountOf(actor);
  return listTokenRows(db(), kind, accountId);
}

import { db } from '#lib/db/client.ts';
import { actAlso } from '#lib/db/walls/acting.ts';
import { findLiveToken, type LiveToken, touchToken } from './store.ts';
import { hashToken, tokenIn } from './token-text.ts';

/**
 * The token that a request shows, if it may be used now: its row is asked every time, so that one that was revoked, or whose
 * account was suspended, a moment ago passes no door.
 */
export async function findToken(headers: Headers): Promise<LiveToken | null> {
  const shown = tokenIn(headers);
  const token = shown && (await findLiveToken(hashToken(shown)));
  if (!token) return null;
  actAlso(token.accountId);
  if (token.isStale) await touchToken(db(), token.tokenId);
  return token;
}

import { createHash } from 'node:crypto';
import type { LookRequest } from '#lib/conversions/input.ts';
import { readWait } from '#lib/conversions/queue/read-wait.ts';
import { requestConversion } from '#lib/conversions/request-conversions.ts';
import { retryConversion } from '#lib/conversions/retry-conversion.ts';
import type { Result } from '#lib/core/result.ts';
import { db } from '#lib/db/client.ts';
import { writePatiently } from '#lib/db/decide.ts';
import { findQuota } from '#lib/quota/store.ts';
import { setLook } from '../chat/store.ts';
import { insertOrders } from '../order/store.ts';
import { asUser, say, sayFailure, type UserTalk } from './talk.ts';

/** One button of one message is one wish, however often it is pressed or the press is told. */
export function wishOf({ chat }: UserTalk, messageId: number, data: string): string {
  return createHash('sha256').update(`bot|${chat.id}|${messageId}|${data}`).digest('hex').slice(0, 32);
}

async function tellOrdered(talk: UserTalk, made: Result<{ id: string }>): Promise<void> {
  if (!made.ok) return sayFailure(talk, made);
  await writePatiently(() => insertOrders(db(), talk.chat.id, [made.value.id]));
  const [{ seconds }, { totalRemaining: left }] = await Promise.all([
    readWait(talk.actor),
    findQuota(null, talk.actor.userId),
  ]);
  await say(talk, talk.t('bot.ordered', { seconds, left }));
}

/** A photo in a style or a look: the site's use case, with its charges and refusals. The chat waits for what becomes of it. */
export async function order(
  talk: UserTalk,
  photoId: string,
  look: LookRequest,
  requestKey: string,
): Promise<void> {
  const made = await asUser(
    talk,
    'conversion.request',
    (actor) => requestConversion(actor, { imageId: photoId, requestKey, ...look }),
    [photoId, look],
  );
  if (made.ok && 'reference' in look) await setLook(db(), talk.chat.id, null);
  return tellOrdered(talk, made);
}

/** A failed conversion once more, charged anew. */
export async function orderAgain(talk: UserTalk, conversionId: string, requestKey: string): Promise<void> {
  const made = await asUser(
    talk,
    'conversion.request',
    (actor) => retryConversion(actor, conversionId, requestKey),
    conversionId,
  );
  return tellOrdered(talk, made);
}

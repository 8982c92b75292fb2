import { createHash } from 'node:crypto';
import { type AccountActor, accountOf } from '#lib/core/actor.ts';
import { idOfRequest } from '#lib/core/request-id.ts';
import { fail, type Result, succeed } from '#lib/core/result.ts';
import { db } from '#lib/db/client.ts';
import { decide, writePatiently } from '#lib/db/decide.ts';
import { claimAnswer, dropAnswer, type KeptAnswer, keepAnswer } from './store.ts';

/** An Idempotency-Key: 1 to 255 visible characters of ASCII. */
const pattern = /^[\x21-\x7e]{1,255}$/;

/** What a key says of a request; `wish` is what the program calls a wish of the browser (`lib/core/request-id.ts`). */
export type RequestKey = { readonly wish: string };

/** Reads an `Idempotency-Key`; null without one. Fails with `input.invalid` for one that cannot be kept. */
export function readRequestKey(headers: Headers): Result<RequestKey | null> {
  const text = headers.get('idempotency-key');
  if (text === null) return succeed(null);
  if (!pattern.test(text)) return fail('input.invalid', 'an Idempotency-Key that is none');
  return succeed({ wish: createHash('sha256').update(text).digest('hex') });
}

/** Answers that the same request may get otherwise the next time: they are not kept. */
const mayPass = (status: number) => status >= 500 || status === 429 || status === 409;

/**
 * Works once for a key of an account: the same request under it is told the same again for a day, without work. Fails with
 * `request.keyReused` for another request under it, `request.atWork` while the first is at work.
 *
 * @param said All of the request that matters, by which another one is known.
 */
export async function answerOnce(
  actor: AccountActor,
  key: RequestKey,
  said: string,
  work: () => Promise<KeptAnswer>,
): Promise<Result<KeptAnswer & { readonly isReplay: boolean }>> {
  const account = accountOf(actor);
  const id = idOfRequest(`answer|${account.kind}|${account.accountId}`, key.wish);
  const hash = createHash('sha256').update(said).digest('hex');
  const claim = await decide((tx) => claimAnswer(tx, account, id, hash));
  if (!claim.isMine) {
    if (claim.hash !== hash) return fail('request.keyReused', 'the key stands for another request');
    if (claim.answer) return succeed({ ...claim.answer, isReplay: true });
    return fail('request.atWork', 'the same request is at work', { retryAfterSeconds: 2 });
  }
  try {
    const answer = await work();
    if (mayPass(answer.status)) await dropAnswer(db(), id);
    else await writePatiently(() => keepAnswer(db(), id, answer));
    return succeed({ ...answer, isReplay: false });
  } catch (error) {
    // Sent again after a minute it is worked on again, also when this cannot be written now.
    await dropAnswer(db(), id).catch(() => undefined);
    throw error;
  }
}

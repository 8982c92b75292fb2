import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { deserialize, serialize } from 'node:v8';
import { log } from '#lib/core/log.ts';
import { idOfWish } from '#lib/core/request-id.ts';
import { type Result, type Success, succeed } from '#lib/core/result.ts';
import { seal, unseal } from '#lib/core/seal.ts';
import { db } from '#lib/db/client.ts';
import { dropWish, findAnswer, keepAnswer, takeWish } from './store.ts';

/** What a browser asks for by a name of its own: 128 random bits that it says to nobody but us. */
export type Wish = { readonly id: string; readonly key: string; readonly account: string };

type Granted<View> = { readonly account: string; readonly view: View };

const purpose = 'wish.answer';

/** A longer answer is not kept: it only lists what is there, and listing it again changes nothing. */
const longestAnswer = 16_000;

/** The same wish is waited for while it is carried out: asked every so often, for less than a browser waits. */
const [pauseMs, patienceMs] = [250, 25_000];

/** The wish that a request names; null when it names none. */
export function wishOf(account: string, key: unknown): Wish | null {
  const id = idOfWish(key);
  return id ? { id, key: String(key), account } : null;
}

function open<View>(wish: Omit<Wish, 'account'>, sealed: string | null): Granted<View> | null {
  const text = sealed && unseal(purpose, wish.key, sealed);
  return text ? (deserialize(Buffer.from(text, 'base64url')) as Granted<View>) : null;
}

/**
 * What this wish was answered when it was granted, for whoever its session has ended since, as that of a deleted account has,
 * or whose budget is spent; null when it never was. Only the browser that asked knows its name.
 */
export async function grantedBefore<View>(
  key: unknown,
  account: string | null,
): Promise<Success<View> | null> {
  const id = idOfWish(key);
  const granted = id && open<View>({ id, key: String(key) }, await findAnswer(db(), id));
  return granted && (account === null || granted.account === account) ? succeed(granted.view) : null;
}

/**
 * Carries a wish out once: sent again, because its answer was lost, it is answered what it was answered then, although what it
 * made would have it refused now: the password is another one, the code is used, the link is gone. One that was refused is looked at
 * anew; one that is being carried out is waited for. What is kept opens only with the name of the wish.
 */
export async function grantOnce<View>(
  wish: Wish | null,
  work: () => Promise<Result<View>>,
): Promise<Result<View>> {
  if (!wish) return work();
  const by = randomUUID();
  const until = performance.now() + patienceMs;
  for (;;) {
    const known = await takeWish(db(), wish.id, by);
    const granted = open<View>(wish, known.answer);
    if (granted?.account === wish.account) return succeed(granted.view);
    if (known.isMine) break;
    // Granted to somebody else under the same name, or carried out for longer than anybody waits.
    if (known.answer || performance.now() > until) return work();
    await sleep(pauseMs);
  }
  let result: Result<View> | undefined;
  try {
    result = await work();
    return result;
  } finally {
    await settle(wish, by, result);
  }
}

/** What is not kept is looked at anew when it is asked for again: worse than the same answer, but no reason to answer none. */
async function settle<View>(wish: Wish, by: string, result: Result<View> | undefined): Promise<void> {
  try {
    const granted = result?.ok ? { account: wish.account, view: result.value } : null;
    const answer = granted && seal(purpose, wish.key, serialize(granted).toString('base64url'));
    if (answer && answer.length <= longestAnswer) await keepAnswer(db(), wish.id, by, answer);
    else await dropWish(db(), wish.id, by);
  } catch (error) {
    log.warn({ err: error }, 'what was answered could not be kept');
  }
}

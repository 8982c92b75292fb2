import type { UserActor } from '#lib/core/actor.ts';
import { type Result, succeed } from '#lib/core/result.ts';
import { findConversion } from './find-conversion.ts';
import { streamProgress } from './stream-progress.ts';
import { type ConversionView, isFinal } from './view.ts';

/** So many seconds are waited at most: proxies give a request up after a minute. */
export const longestWait = 50;

/**
 * A conversion of the actor's own, once it has ended or `seconds` have passed; it is told of a change as a page is. Fails as
 * `findConversion` does, and with `rate.limited` when the account waits for too many at once.
 *
 * @param signal Ends the waiting: whoever asked has gone.
 */
export async function awaitConversion(
  actor: UserActor,
  id: string,
  seconds: number,
  signal: AbortSignal,
): Promise<Result<ConversionView>> {
  const found = await findConversion(actor, id);
  if (!found.ok || seconds === 0 || isFinal(found.value)) return found;
  const end = AbortSignal.any([signal, AbortSignal.timeout(seconds * 1000)]);
  const form = { name: 'wait', toEvent: ({ status }: ConversionView) => status };
  const events = streamProgress(actor, found.value, end, form);
  if (!events.ok) return events;
  // It closes when the conversion is final, the time is over, or nobody waits.
  await events.value.pipeTo(new WritableStream());
  return signal.aborted ? succeed(found.value) : findConversion(actor, id);
}

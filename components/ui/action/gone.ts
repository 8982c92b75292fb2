import type { PublicResult } from '#lib/core/result.ts';

/** What a deletion answers, where what is not there any more counts as deleted: before, and nobody heard of it, or elsewhere. */
export function goneIsDone(answer: PublicResult<unknown>): PublicResult<unknown> {
  return !answer.ok && answer.code === 'notFound' ? { ok: true, value: null } : answer;
}

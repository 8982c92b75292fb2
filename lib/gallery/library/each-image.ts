import { fail, type Result, succeed } from '#lib/core/result.ts';
import type { BulkView } from './view.ts';

/** How many images of one action are worked on at a time: their files are copied or removed. */
const atOnce = 4;

/**
 * Does the same to several images, each by itself: one that is refused does not stop the others. When all are
 * refused, the first refusal is the answer.
 */
export async function eachImage(
  ids: readonly string[],
  work: (id: string) => Promise<Result<unknown>>,
): Promise<Result<BulkView>> {
  const waiting = [...new Set(ids)];
  const results: { id: string; result: Result<unknown> }[] = [];
  const next = async () => {
    for (let id = waiting.shift(); id !== undefined; id = waiting.shift()) {
      results.push({ id, result: await work(id) });
    }
  };
  await Promise.all(Array.from({ length: atOnce }, next));
  const refused = results.flatMap(({ id, result }) => (result.ok ? [] : [{ id, code: result.code }]));
  const done = results.length - refused.length;
  const first = results.find(({ result }) => !result.ok)?.result;
  if (done === 0 && first && !first.ok) return fail(first.code, first.detail);
  return succeed({ done, refused });
}

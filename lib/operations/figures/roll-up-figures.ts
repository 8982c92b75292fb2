import { succeed } from '#lib/core/result.ts';
import { transact } from '#lib/db/transact.ts';
import { rollUp } from './store.ts';

/** Brings the figures that administrators look at up to date. Safe to run anywhere, at any time, any number at once. */
export async function rollUpFigures(): Promise<boolean> {
  const done = await transact(async (tx) => succeed(await rollUp(tx)), { patience: 'long' });
  if (!done.ok) throw new Error(done.detail);
  return done.value;
}

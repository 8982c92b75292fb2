import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'vitest';
import type { TestDatabase } from '#scripts/rig/database.ts';

/** Asks until the answer is wanted; the milliseconds it took. Fails with the last answer when it is too late. */
export async function until<T>(
  what: string,
  ask: () => Promise<T>,
  isWanted: (answer: T) => boolean,
  withinMs = 60_000,
): Promise<T> {
  const deadline = Date.now() + withinMs;
  for (;;) {
    const answer = await ask();
    if (isWanted(answer)) return answer;
    if (Date.now() > deadline) expect.fail(`${what}: still ${JSON.stringify(answer)} after ${withinMs} ms`);
    await sleep(50);
  }
}

export type ConversionRow = { status: string; stage: string | null; attempts: number };

export async function conversionRow(database: TestDatabase, id: string): Promise<ConversionRow> {
  const [row] = await database.query<ConversionRow>(
    'SELECT status, stage, attempts FROM user_conversions WHERE id = $1',
    [id],
  );
  if (!row) throw new Error(`no conversion ${id}`);
  return row;
}

import { describe, expect, test } from 'vitest';
import { cancelConversion } from '#lib/conversions/cancel-conversion.ts';
import { findConversion } from '#lib/conversions/find-conversion.ts';
import { sweepConversions } from '#lib/conversions/queue/return-late-charges.ts';
import { settleDeadConversion } from '#lib/conversions/queue/settle-dead-conversion.ts';
import { runConversion } from '#lib/conversions/run-conversion.ts';
import { fail } from '#lib/core/result.ts';
import type { StyleEngine } from '#lib/styles/style-engine.ts';
import {
  accounts,
  gate,
  must,
  newConversion,
  painting,
  picture,
  scriptedEngine,
  useConversions,
} from '#tests/support/conversions.ts';
import { filesUnder, loseFilesOf } from '#tests/support/files.ts';

const { database, dataDir } = useConversions();
const never = new AbortController().signal;
const run = (id: string, engine: StyleEngine, more: { signal?: AbortSignal; isLastTry?: boolean } = {}) =>
  runConversion(id, { engine, signal: never, isLastTry: false, ...more });
const refusing = scriptedEngine(async () => fail('conversion.engine', 'no paint'));

describe('a run', () => {
  test('ends with one result beside the photo, and the charge stays', async () => {
    const { actor, id } = await newConversion();
    expect(await run(id, painting)).toBe('completed');
    const view = must(await findConversion(actor, id));
    expect(view).toMatchObject({
      status: 'completed',
      stage: null,
      chargeReturned: false,
      failureCode: null,
    });
    expect([view.source?.width, view.result?.width]).toEqual([120, 120]);
    expect(await accounts(database(), actor.userId)).toMatchObject({ free: 1, charged: 1, results: 1 });
  });

  test('that comes twice does its work once', async () => {
    const { actor, id } = await newConversion();
    expect(await run(id, painting)).toBe('completed');
    expect(await run(id, painting)).toBe('gone');
    expect(await accounts(database(), actor.userId)).toMatchObject({ charged: 1, results: 1 });
  });

  test('that the engine refuses fails and gives the charge back', async () => {
    const { actor, id } = await newConversion();
    expect(await run(id, refusing)).toBe('failed');
    expect(must(await findConversion(actor, id))).toMatchObject({
      status: 'failed',
      failureCode: 'engine',
      chargeReturned: true,
    });
    expect(await accounts(database(), actor.userId)).toMatchObject({ free: 2, charged: 0, results: 0 });
  });

  test('whose photo is gone fails as input and gives the charge back', async () => {
    const { actor, id } = await newConversion();
    await loseFilesOf({ userId: actor.userId });
    expect(await run(id, painting)).toBe('failed');
    expect(must(await findConversion(actor, id))).toMatchObject({
      failureCode: 'input',
      chargeReturned: true,
    });
  });

  test('of a style that no longer exists fails as input', async () => {
    const { actor, id } = await newConversion();
    await database().query("UPDATE user_conversions SET style_name = 'withdrawn' WHERE id = $1", [id]);
    expect(await run(id, painting)).toBe('failed');
    expect(must(await findConversion(actor, id)).failureCode).toBe('input');
  });

  test('of a conversion that was taken back does nothing', async () => {
    const { actor, id } = await newConversion();
    must(await cancelConversion(actor, id));
    expect(await run(id, painting)).toBe('gone');
    expect(await accounts(database(), actor.userId)).toMatchObject({ free: 2, charged: 0, results: 0 });
  });

  test('that breaks may be tried again: two attempts, one charge, one result', async () => {
    const { actor, id } = await newConversion();
    const breaking = scriptedEngine(() => Promise.reject(new Error('the machine fell over')));
    await expect(run(id, breaking)).rejects.toThrow('fell over');
    expect(await run(id, painting)).toBe('completed');
    expect(await accounts(database(), actor.userId)).toMatchObject({ free: 1, charged: 1, results: 1 });
  });

  test('that is told to stop leaves the conversion to the next worker', async () => {
    const { actor, id } = await newConversion();
    const stop = new AbortController();
    const interrupted = scriptedEngine(async () => {
      stop.abort();
      return fail('conversion.engine', 'aborted');
    });
    await expect(run(id, interrupted, { signal: stop.signal })).rejects.toThrow('stops');
    expect(must(await findConversion(actor, id)).status).toBe('processing');
    expect(await run(id, painting)).toBe('completed');
  });
});

describe('a worker that was asleep', () => {
  test('finds its late result discarded, files included', async () => {
    const { actor, id } = await newConversion();
    const claimed = gate();
    const wakes = gate();
    const asleep = scriptedEngine(async () => {
      claimed.open();
      await wakes.opened;
      return picture();
    });
    const late = run(id, asleep);
    await claimed.opened;
    expect(await run(id, painting)).toBe('completed');
    const before = (await filesUnder(dataDir)).length;
    wakes.open();
    expect(await late).toBe('gone');
    expect((await filesUnder(dataDir)).length).toBe(before);
    expect(await accounts(database(), actor.userId)).toMatchObject({ charged: 1, results: 1 });
  });

  test('cannot fail what another has claimed', async () => {
    const { actor, id } = await newConversion();
    const claimed = gate();
    const wakes = gate();
    const asleep = scriptedEngine(async () => {
      claimed.open();
      await wakes.opened;
      return fail('conversion.engine', 'too late to matter');
    });
    const late = run(id, asleep);
    await claimed.opened;
    const second = gate();
    const slow = scriptedEngine(async () => {
      await second.opened;
      return picture();
    });
    const running = run(id, slow);
    await expect.poll(async () => (await attemptsOf(id)) === 2).toBe(true);
    wakes.open();
    expect(await late).toBe('gone');
    second.open();
    expect(await running).toBe('completed');
    expect(await accounts(database(), actor.userId)).toMatchObject({ free: 1, charged: 1, results: 1 });
  });
});

async function attemptsOf(id: string): Promise<number> {
  const [row] = await database().query<{ attempts: number }>(
    'SELECT attempts FROM user_conversions WHERE id = $1',
    [id],
  );
  return row?.attempts ?? -1;
}

describe('the deadline', () => {
  test('returns the charge once, and the work then completes free', async () => {
    const { actor, id } = await newConversion();
    const claimed = gate();
    const finishes = gate();
    const slow = scriptedEngine(async () => {
      claimed.open();
      await finishes.opened;
      return picture();
    });
    const running = run(id, slow);
    await claimed.opened;
    await sweepConversions();
    expect(await accounts(database(), actor.userId)).toMatchObject({ free: 1, charged: 1 });
    await database().query(
      "UPDATE user_conversions SET first_claimed_at = first_claimed_at - interval '4 minutes' WHERE id = $1",
      [id],
    );
    await Promise.all([sweepConversions(), sweepConversions()]);
    expect(await accounts(database(), actor.userId)).toMatchObject({ free: 2, charged: 0 });
    finishes.open();
    expect(await running).toBe('completed');
    expect(must(await findConversion(actor, id))).toMatchObject({
      status: 'completed',
      chargeReturned: true,
    });
    expect(await accounts(database(), actor.userId)).toMatchObject({ free: 2, charged: 0, results: 1 });
  });
});

describe('a conversion whose tries are used up', () => {
  test('fails and gives the charge back, once', async () => {
    const { actor, id } = await newConversion();
    await Promise.all([settleDeadConversion(id), settleDeadConversion(id)]);
    expect(must(await findConversion(actor, id))).toMatchObject({
      status: 'failed',
      failureCode: 'internal',
      chargeReturned: true,
    });
    expect(await accounts(database(), actor.userId)).toMatchObject({ free: 2, charged: 0 });
  });

  test('is left alone when it has a result', async () => {
    const { actor, id } = await newConversion();
    await run(id, painting);
    await settleDeadConversion(id);
    expect(must(await findConversion(actor, id)).status).toBe('completed');
  });
});

import { afterEach, describe, expect, test, vi } from 'vitest';
import { callAction, isUnanswered, mayBeDone } from '#components/ui/action/call-action.ts';
import { sealAction } from '#lib/core/action.ts';
import { type PublicFailure, succeed } from '#lib/core/result.ts';
import { sourceFiles } from '#tests/architecture/imports.ts';

const online = (isOnline: boolean) => vi.stubGlobal('navigator', { onLine: isOnline });
afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

const throwing = (error: unknown) =>
  sealAction<never>(async () => {
    throw error;
  });

describe('calling an action', () => {
  test('answers with what the door answers, a refusal too', async () => {
    online(true);
    const refusal: PublicFailure = { ok: false, code: 'rate.limited', retryAfterSeconds: 5 };
    expect(
      await callAction(
        sealAction(async (sent) => succeed(sent)),
        { a: 1 },
      ),
    ).toEqual(succeed({ a: 1 }));
    expect(
      await callAction(
        sealAction<never>(async () => refusal),
        {},
      ),
    ).toEqual(refusal);
  });

  test('says that it may have been done when the line is cut on its way', async () => {
    online(true);
    const answer = await callAction(throwing(new TypeError('Failed to fetch')), {});
    expect(answer).toEqual({ ok: false, code: 'answer.lost' });
    expect(mayBeDone(answer as PublicFailure) && isUnanswered(answer as PublicFailure)).toBe(true);
  });

  test('says that nothing was sent when the browser was offline before', async () => {
    online(false);
    const answer = await callAction(throwing(new TypeError('Load failed')), {});
    expect(answer).toEqual({ ok: false, code: 'line.offline' });
    expect(mayBeDone(answer as PublicFailure)).toBe(false);
  });

  test('does not take a line that comes back for one that was never there', async () => {
    online(false);
    expect(
      await callAction(
        sealAction(async () => succeed(1)),
        {},
      ),
    ).toEqual(succeed(1));
  });

  test('calls a wish the same until it is granted, whatever came in between, and another one otherwise', async () => {
    online(true);
    const keys: unknown[] = [];
    const answers = ['lost', 'refused', 'granted', 'granted', 'lost', 'granted'];
    const action = sealAction(async (_sent, key) => {
      keys.push(key);
      const answer = answers[keys.length - 1];
      if (answer === 'lost') throw new TypeError('Failed to fetch');
      return answer === 'granted' ? succeed(1) : ({ ok: false, code: 'rate.limited' } as const);
    });
    for (const title of ['x', 'x', 'x', 'x', 'x', 'y']) await callAction(action, { title });
    expect(keys[0]).toMatch(/^[0-9a-f]{64}$/);
    // Lost, refused and granted under one name; then another wish, and one that was lost and not meant again.
    expect(keys.map((key) => keys.indexOf(key))).toEqual([0, 0, 0, 3, 4, 5]);
  });

  test('asks anew for what was lost once something else was asked for, and for another file of the same name', async () => {
    online(true);
    const keys: string[] = [];
    const lost = sealAction<never>(async (_sent, key) => {
      keys.push(String(key));
      throw new TypeError('Failed to fetch');
    });
    const other = sealAction(async () => succeed(1));
    await callAction(lost, {});
    // What a page asks by itself is not asked for by anybody.
    await callAction(other, {}, { isUnasked: true });
    await callAction(lost, {});
    await callAction(other, {});
    await callAction(lost, {});
    const [made, asked] = [keys.map((key) => key.slice(0, 32)), keys.map((key) => key.slice(32))];
    expect(new Set(made).size).toBe(1);
    expect(asked.map((key) => asked.indexOf(key))).toEqual([0, 0, 2]);
    const [one, two] = [new File(['a'], 'me.jpg'), new File(['b'], 'me.jpg')];
    for (const picture of [one, one, two]) await callAction(lost, { picture });
    expect(keys.slice(3).map((key) => keys.indexOf(key))).toEqual([3, 3, 5]);
  });

  test('gives a silent line up', async () => {
    online(true);
    vi.useFakeTimers();
    const answer = callAction(
      sealAction<never>(() => new Promise(() => undefined)),
      {},
      { patienceMs: 1_000 },
    );
    await vi.advanceTimersByTimeAsync(1_000);
    expect(await answer).toEqual({ ok: false, code: 'answer.lost' });
  });

  test('knows a page that is older than the site', async () => {
    online(true);
    const { UnrecognizedActionError } = await import('next/dist/client/components/unrecognized-action-error');
    const answer = await callAction(throwing(new UnrecognizedActionError('gone')), {});
    expect(answer).toEqual({ ok: false, code: 'page.outdated' });
  });
});

test('no component sends an action by itself: the type is sealed, and one file opens it', () => {
  const openers = sourceFiles('app', 'components', 'lib')
    .filter(({ text }) => /\bperform\b|as unknown as \(input: unknown\)/.test(text))
    .map(({ path }) => path);
  expect(openers.sort()).toEqual(['components/ui/action/call-action.ts', 'lib/core/action.ts']);
  const sealers = sourceFiles('app', 'components', 'lib')
    .filter(({ text }) => /\bsealAction\(/.test(text))
    .map(({ path }) => path);
  expect(sealers).toEqual(['lib/auth/door/door.ts']);
});

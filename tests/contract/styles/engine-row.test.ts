import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { beginWith } from '#lib/conversions/engine/admit-engines.ts';
import { findConversion } from '#lib/conversions/find-conversion.ts';
import { requestConversion, requestConversions } from '#lib/conversions/request-conversions.ts';
import { runConversion } from '#lib/conversions/run-conversion.ts';
import { claimConversion, noteEngine } from '#lib/conversions/store.ts';
import { env } from '#lib/core/env/env.ts';
import { agreeToPhotos, photoTerms } from '#lib/files/photo/agree-to-photos.ts';
import { serviceOf } from '#lib/styles/choose-engine.ts';
import { createEngineRow } from '#lib/styles/hosted/engine-row.ts';
import { createHostedEngine } from '#lib/styles/hosted/hosted-engine.ts';
import { meteredService } from '#lib/styles/hosted/metered-service.ts';
import type { Look } from '#lib/styles/style-engine.ts';
import { must, newPhoto, painting, useConversions } from '#tests/support/conversions.ts';
import { quarters } from '#tests/support/pictures.ts';
import {
  createStyleService,
  dialects,
  type ServiceTurn,
  type StyleService,
} from '#tests/support/servers/style-service.ts';

/** Two servers of the same shape, the first dearer, and one that makes hair alone. */
const [first, second] = await Promise.all([createStyleService(), createStyleService()]);
Object.assign(process.env, {
  STYLE_ENGINE: 'openai',
  STYLE_ENGINE_BASE_URL: `${first.url}/v1`,
  STYLE_ENGINE_COUNTRY: 'DE',
  STYLE_ENGINE_LOOKS: 'style',
  ENGINE_PRICE_RIALS: '300',
  ENGINE_DAILY_LIMIT_RIALS: '1000',
  STYLE_ENGINE_2: 'openai',
  STYLE_ENGINE_2_NAME: 'ours',
  STYLE_ENGINE_2_BASE_URL: `${second.url}/v1`,
  STYLE_ENGINE_2_PRICE_RIALS: '100',
  STYLE_ENGINE_2_LOOKS: 'style,hair',
});

const { database } = useConversions();
const never = new AbortController().signal;
let now = 0;
let good: ServiceTurn;
let photo: Buffer;

/** A fresh worker's engines, with a clock of ours. */
const newRow = () =>
  createEngineRow(
    env().engines.map((settings) => ({
      settings,
      engine: createHostedEngine(meteredService(serviceOf(settings, 400), settings.priceRials), {
        pauseMs: 1,
      }),
    })),
    { ...painting, name: 'local', close: async () => undefined },
    () => now,
  );
let row: ReturnType<typeof newRow>;

const edits = ({ calls }: StyleService) => calls.filter(({ path }) => path === '/v1/images/edits').length;
const asked = () => [edits(first), edits(second)];
const spent = async () => {
  const [today] = await database().query<{ calls: number; rials: number }>(
    "SELECT calls, rials::int FROM spent_days WHERE purpose = 'engine'",
  );
  return today ?? { calls: 0, rials: 0 };
};

beforeAll(async () => {
  const picture = await quarters(640, 480).png().toBuffer();
  photo = await quarters(120, 90).jpeg().toBuffer();
  good = { status: 200, body: dialects.openai.picture(picture) };
});
beforeEach(async () => {
  for (const service of [first, second]) {
    service.calls.length = 0;
    service.script(good);
  }
  row = newRow();
  await database().query('DELETE FROM spending_parts');
  await database().query('DELETE FROM daily_spending');
  await database().query('DELETE FROM engine_spendings');
});
afterAll(() => Promise.all([first.close(), second.close()]));

async function newPerson(agrees = true) {
  const photo = await newPhoto();
  if (agrees) must(await agreeToPhotos(photo.actor.userId, photoTerms().code));
  return photo;
}

async function wanted() {
  const person = await newPerson();
  const { id } = must(await requestConversion(person.actor, { imageId: person.imageId, style: 'oil' }));
  return { ...person, id };
}

/** One picture without a conversion, and the engines that were told before they were asked. */
async function stylise(look: Look = { style: 'oil' }) {
  const names: string[] = [];
  const made = await row.stylise({
    photo,
    ...look,
    attemptKey: randomUUID(),
    signal: never,
    onEngine: async (name) => names.push(name) > 0,
  });
  return { made, names };
}

const run = (id: string) => runConversion(id, { engine: row, signal: never, isLastTry: true });
const engineOf = async (id: string) => {
  const [one] = await database().query<{ engine: string }>(
    'SELECT engine FROM user_conversions WHERE id = $1',
    [id],
  );
  return one?.engine;
};

describe('several engines', () => {
  test('are asked in their order; one call counts once, at its own price', async () => {
    const { id } = await wanted();
    expect(await spent()).toEqual({ calls: 1, rials: 300 });
    expect(await run(id)).toBe('completed');
    expect(asked()).toEqual([1, 0]);
    expect(await engineOf(id)).toBe('openai');
    expect(await spent()).toEqual({ calls: 1, rials: 300 });
  });

  test.each<[string, ServiceTurn]>([
    ['refuses the key', { status: 401, body: { error: { code: 'invalid_api_key', type: 'x' } } }],
    ['has no money left', { status: 429, body: { error: { code: 'insufficient_quota', type: 'x' } } }],
    ['is too busy to begin', { status: 429, body: { error: { code: 'rate_limit_exceeded', type: 'x' } } }],
    ['does not know the model', { status: 404, body: { error: { code: 'model_not_found', type: 'x' } } }],
  ])('the next is asked when the first %s, and what was not taken is not counted', async (_, turn) => {
    first.script(turn);
    const { id } = await wanted();
    expect(await run(id)).toBe('completed');
    expect(asked()).toEqual([1, 1]);
    expect(await engineOf(id)).toBe('ours');
    expect(await spent()).toEqual({ calls: 1, rials: 100 });
  });

  test('the next is asked when nobody listens at the first', async () => {
    const gone = await createStyleService();
    const { url } = gone;
    await gone.close();
    const [one, other] = env().engines;
    if (!one || !other) throw new Error('two engines are set');
    const away = { ...one, baseUrl: `${url}/v1` };
    row = createEngineRow(
      [away, other].map((settings) => ({
        settings,
        engine: createHostedEngine(meteredService(serviceOf(settings, 400), settings.priceRials), {
          pauseMs: 1,
        }),
      })),
      { ...painting, name: 'local', close: async () => undefined },
    );
    const { made, names } = await stylise();
    expect([made.ok, names, asked()]).toEqual([true, ['openai', 'ours'], [0, 1]]);
    expect(await spent()).toEqual({ calls: 1, rials: 100 });
  });

  test.each<[string, ServiceTurn]>([
    ['does not answer', 'hang'],
    ['hangs up', 'hang up'],
    ['breaks off', 'break off'],
    ['breaks', { status: 500, body: {} }],
    ['is answered for by a proxy', { status: 502, body: '<html>' }],
    ['is busy, says a proxy perhaps', { status: 503, body: '' }],
    ['answers with no picture', { status: 200, body: dialects.openai.nothing }],
    ['refuses the photo', dialects.openai.refusals[0]],
  ])('nobody else is asked for a picture that the first may have made: it %s', async (_, turn) => {
    first.script(turn);
    const { made, names } = await stylise();
    expect([made.ok, names]).toEqual([false, ['openai']]);
    expect(asked()[0]).toBeGreaterThan(0);
    expect(asked()[1]).toBe(0);
  });

  test('a later call that was not taken does not undo an earlier one that may have been', async () => {
    first.script('hang up', { status: 429, body: { error: { code: 'rate_limit_exceeded', type: 'x' } } });
    const { made, names } = await stylise();
    expect([made.ok, names, asked()[1]]).toEqual([false, ['openai'], 0]);
  });

  test('whoever was asked before a worker died is asked again under the same key, and nobody else', async () => {
    const { id } = await wanted();
    const claim = await claimConversion(id, null);
    if (!claim) throw new Error('it waits');
    expect(await noteEngine(claim, 'ours')).toBe(true);
    expect(await run(id)).toBe('completed');
    expect(asked()).toEqual([0, 1]);
    expect(second.calls.at(-1)?.headers['idempotency-key']).toBe(id);
    // The one that died may say nothing any more.
    expect(await noteEngine(claim, 'openai')).toBe(false);
  });

  test('one that fails rests, is asked a question that costs nothing, and leads again when it is well', async () => {
    first.script({ status: 401, body: { error: { code: 'invalid_api_key', type: 'x' } } });
    await run((await wanted()).id);
    expect(asked()).toEqual([1, 1]);
    const states = () => row.states?.().map(({ isResting, isOut }) => [isResting, isOut]);
    expect(states()).toEqual([
      [true, false],
      [false, false],
    ]);
    await run((await wanted()).id);
    expect(asked()).toEqual([1, 2]);
    now += 31_000;
    await run((await wanted()).id);
    expect(first.calls.at(-1)?.path).toBe('/v1/models');
    expect(asked()).toEqual([1, 3]);
    // A rest and two questions without an answer.
    now += 31_000;
    expect(states()).toEqual([
      [false, false],
      [false, false],
    ]);
    await run((await wanted()).id);
    expect(asked()).toEqual([1, 4]);
    expect(states()).toEqual([
      [true, true],
      [false, false],
    ]);
    now += 61_000;
    first.script(good);
    await run((await wanted()).id);
    expect(asked()).toEqual([2, 4]);
    expect(states()).toEqual([
      [false, false],
      [false, false],
    ]);
  });

  test('the cheaper goes on when the dearer no longer fits into the day', async () => {
    await database().query(
      "INSERT INTO daily_spending (day, purpose, calls, rials) VALUES (visit_day(), 'engine', 8, 850)",
    );
    const { id } = await wanted();
    expect(await spent()).toEqual({ calls: 9, rials: 950 });
    expect(await run(id)).toBe('completed');
    expect(asked()).toEqual([0, 1]);
    expect(await spent()).toEqual({ calls: 9, rials: 950 });
    const { actor, imageId } = await newPerson();
    expect(await requestConversion(actor, { imageId, style: 'oil' })).toMatchObject({
      code: 'spending.paused',
    });
  });

  test('what none is named for is made at home', async () => {
    const { made, names } = await stylise({
      style: 'reference',
      reference: photo,
      order: { kind: 'fabric' },
    });
    expect([made.ok, names, asked()]).toEqual([true, ['local'], [0, 0]]);
  });
});

test('a conversion that our own engine makes gives back what it was admitted for', async () => {
  const { id } = await wanted();
  const claim = await claimConversion(id, null);
  if (!claim) throw new Error('it waits');
  expect(await spent()).toEqual({ calls: 1, rials: 300 });
  expect(await beginWith(claim, 'local')).toBe(true);
  expect(await spent()).toEqual({ calls: 0, rials: 0 });
});

describe('where a photo goes', () => {
  test('is agreed to engine by engine: nothing is charged for somebody who agreed to none', async () => {
    const { actor, imageId } = await newPerson(false);
    expect(await requestConversion(actor, { imageId, style: 'oil' })).toMatchObject({
      ok: false,
      code: 'agreement.required',
    });
    const { code } = photoTerms();
    expect(code).toBe('photos-1:openai:DE+ours:');
    expect(await agreeToPhotos(actor.userId, 'photos-1:openai:DE')).toMatchObject({
      code: 'agreement.required',
    });
    must(await requestConversions(actor, { imageIds: [imageId], style: 'oil', agreedTo: code }));
    const kept = await database().query<{ engine: string; country: string }>(
      'SELECT engine, country FROM agreements WHERE user_id = $1 ORDER BY engine',
      [actor.userId],
    );
    expect(kept).toEqual([
      { engine: 'openai', country: 'DE' },
      { engine: 'ours', country: '' },
    ]);
  });

  test('an engine that a person has not agreed to, or not in that country, is passed over', async () => {
    const { id, actor } = await wanted();
    await database().query("UPDATE agreements SET country = 'FR' WHERE user_id = $1 AND engine = 'openai'", [
      actor.userId,
    ]);
    expect(await run(id)).toBe('completed');
    expect(asked()).toEqual([0, 1]);
    expect(await spent()).toEqual({ calls: 1, rials: 100 });
  });

  test('nobody gets it when the agreements are gone, and the charge comes back', async () => {
    const { id, actor } = await wanted();
    await database().query('DELETE FROM agreements WHERE user_id = $1', [actor.userId]);
    expect(await run(id)).toBe('failed');
    expect(asked()).toEqual([0, 0]);
    expect(must(await findConversion(actor, id))).toMatchObject({ chargeReturned: true });
    expect(await spent()).toEqual({ calls: 0, rials: 0 });
  });
});

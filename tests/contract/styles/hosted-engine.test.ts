import sharp from 'sharp';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { findConversion } from '#lib/conversions/find-conversion.ts';
import { runConversion } from '#lib/conversions/run-conversion.ts';
import type { HostedEngineSettings } from '#lib/core/env/style-env.ts';
import { lookKinds } from '#lib/gallery/look/kinds.ts';
import { styles } from '#lib/styles/catalogue.ts';
import { createGeminiService } from '#lib/styles/hosted/gemini-service.ts';
import { createHostedEngine } from '#lib/styles/hosted/hosted-engine.ts';
import { createOpenAiService } from '#lib/styles/hosted/openai-service.ts';
import type { StyleJob } from '#lib/styles/style-engine.ts';
import { accounts, must, newConversion, useConversions } from '#tests/support/conversions.ts';
import { quarters } from '#tests/support/pictures.ts';
import {
  createStyleService,
  dialects,
  type ServiceCall,
  type ServiceTurn,
  type StyleService,
} from '#tests/support/servers/style-service.ts';

const { database } = useConversions();
const never = new AbortController().signal;
const key = 'sk-a-key-that-must-not-be-seen';
const timeoutMs = 500;
const unpriced = { country: '', looks: null, priceRials: 0 };

let service: StyleService;
let photo: Buffer;
let made: Buffer;
beforeAll(async () => {
  service = await createStyleService();
  photo = await quarters(1800, 1200)
    .jpeg()
    .withExif({ IFD0: { Artist: 'Someone' } })
    .toBuffer();
  made = await quarters(1024, 768).png().toBuffer();
});
afterAll(() => service.close());
beforeEach(() => {
  service.calls.length = 0;
});

/** The pictures of a request, in their order, whichever service it speaks to. */
async function picturesIn(call: ServiceCall | undefined): Promise<Buffer[]> {
  const type = String(call?.headers['content-type']);
  const body = new Response(Uint8Array.from(call?.body ?? []), { headers: { 'content-type': type } });
  if (type.startsWith('multipart/')) {
    const files = (await body.formData()).getAll('image[]') as File[];
    return Promise.all(files.map(async (file) => Buffer.from(await file.arrayBuffer())));
  }
  const text = await body.text();
  return [...text.matchAll(/"data":"([^"]+)"/g)].map(([, data]) => Buffer.from(data ?? '', 'base64'));
}

const providers = { gemini: createGeminiService, openai: createOpenAiService } as const;

describe.each(['gemini', 'openai'] as const)('a hosted engine that speaks like %s', (provider) => {
  const dialect = dialects[provider];
  const engine = (more: Partial<HostedEngineSettings> = {}) =>
    createHostedEngine(
      providers[provider](
        {
          ...unpriced,
          name: provider,
          provider,
          apiKey: key,
          model: 'a-model',
          baseUrl: `${service.url}/base`,
          fetchesAnswers: false,
          ...more,
        },
        timeoutMs,
      ),
      { pauseMs: 1 },
    );
  const job = (more: object = { style: 'oil' }) =>
    ({ photo, attemptKey: 'conversion-1', signal: never, ...more }) as StyleJob;
  const good = (): ServiceTurn => ({ status: 200, body: dialect.picture(made) });

  test('sends photo, wish and key, and answers with a JPEG of its own making', async () => {
    service.script(good());
    const stages: string[] = [];
    const result = must(
      await engine().stylise(job({ style: 'oil', onStage: (stage: string) => stages.push(stage) })),
    );
    expect(result).toMatchObject({ mimeType: 'image/jpeg', width: 1024, height: 768 });
    expect((await sharp(result.bytes).metadata()).format).toBe('jpeg');
    expect(stages).toEqual(['decode', 'paint']);
    const [call] = service.calls;
    expect(call?.path).toBe(
      provider === 'gemini' ? '/base/v1beta/models/a-model:generateContent' : '/base/images/edits',
    );
    expect(call?.headers['idempotency-key']).toBe('conversion-1');
    expect(provider === 'gemini' ? call?.headers['x-goog-api-key'] : call?.headers.authorization).toContain(
      key,
    );
    expect(call?.body.toString('latin1')).toContain('oil painting on canvas');
    expect(call?.body.includes('Someone')).toBe(false);
  });

  test.each(lookKinds)(
    'asks for a look of the kind %s in its own words, with its marked part alone',
    async (kind) => {
      service.script(good());
      const reference = await quarters(400, 200).png().toBuffer();
      const order = {
        kind,
        region: { x: 0.5, y: 0, width: 0.5, height: 1 },
        repeatCm: 35,
        shades: { hair: '#7a1f2b', lips: '#b01050' },
        taps: [{ part: 'person', x: 0.25, y: 0.4 }],
      };
      must(await engine().stylise(job({ style: 'reference', reference, order })));
      const sent = service.calls[0]?.body.toString('latin1') ?? '';
      expect(sent).toContain('The first picture is a photo');
      expect(sent).toContain('25 % from the left and 40 % from the top');
      const own = {
        fabric: '35 cm wide',
        garment: 'exactly this garment',
        hair: '#7a1f2b',
        makeup: 'lips #b01050',
        place: 'no halo',
        painting: 'work of art',
        light: 'second a reference',
      }[kind];
      expect(sent).toContain(own);
      // Who is dressed or made up stays; what is repainted stays recognisable.
      expect(sent).toContain(
        kind === 'light' || kind === 'painting' ? 'exactly recognisable' : 'stays exactly as it is',
      );
      const { width, height } = await sharp((await picturesIn(service.calls[0]))[1]).metadata();
      expect([width, height]).toEqual([200, 200]);
    },
  );

  test('sends a reference as the second picture', async () => {
    service.script(good());
    const reference = await quarters(300, 200).png().toBuffer();
    must(await engine().stylise(job({ style: 'reference', reference })));
    const text = service.calls[0]?.body.toString('latin1') ?? '';
    const pictures = provider === 'gemini' ? text.match(/"inlineData"/g) : text.match(/name="image\[\]"/g);
    expect(pictures).toHaveLength(2);
    expect(text).toContain('second a reference');
  });

  test('knows what to ask for in every style of the catalogue', async () => {
    service.script(good());
    for (const { name } of styles) must(await engine().stylise(job({ style: name })));
    const wishes = service.calls.map(
      ({ body }) => /(Re|Turn|Grade|Keep)[^"]{60}/.exec(body.toString('latin1'))?.[0],
    );
    expect(new Set(wishes).size).toBe(styles.length);
  });

  const passing: [string, () => ServiceTurn][] = [
    ['does not answer', () => 'hang'],
    ['hangs up', () => 'hang up'],
    ['breaks off in the middle', () => 'break off'],
    ['has an error of its own', () => ({ status: 500, body: { error: {} } })],
    ['is overloaded', () => ({ status: 503, body: '<html>busy</html>' })],
    ['has had too many requests', () => dialect.limited],
    ['answers with malformed JSON', () => ({ status: 200, body: '{"data":[{"b64' })],
    ['answers with another shape', () => ({ status: 200, body: dialect.nothing })],
    ['answers with a picture of no bytes', () => ({ status: 200, body: dialect.picture(Buffer.alloc(0)) })],
    [
      'answers with a page in place of a picture',
      () => ({ status: 200, body: dialect.picture(Buffer.from('<html>')) }),
    ],
    ['answers with a page in place of JSON', () => ({ status: 200, body: '<!doctype html><p>Hello' })],
    ['answers with half a picture', () => ({ status: 200, body: dialect.picture(made.subarray(0, 900)) })],
    [
      'answers with a drawing that is a program',
      () => ({
        status: 200,
        body: dialect.picture(
          Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="99" height="99"/>'),
        ),
      }),
    ],
  ];

  test.each(passing)('asks again when the service %s, under the same key, and succeeds', async (_, turn) => {
    service.script(turn(), turn(), good());
    must(await engine().stylise(job()));
    expect(service.calls).toHaveLength(3);
    expect(new Set(service.calls.map(({ headers }) => headers['idempotency-key']))).toEqual(
      new Set(['conversion-1']),
    );
  });

  test.each(passing)(
    'gives up after three calls when the service always %s; failed, and refunded once',
    async (_, turn) => {
      service.script(turn());
      const { actor, id } = await newConversion('noir');
      const run = () => runConversion(id, { engine: engine(), signal: never, isLastTry: false });
      expect(await run()).toBe('failed');
      expect(service.calls).toHaveLength(3);
      expect(must(await findConversion(actor, id))).toMatchObject({
        status: 'failed',
        failureCode: 'engine',
        chargeReturned: true,
      });
      expect(await run()).toBe('gone');
      expect(await accounts(database(), actor.userId)).toMatchObject({ free: 2, charged: 0, results: 0 });
      const [row] = await database().query<{ said: string }>(
        'SELECT error_message AS said FROM user_conversions WHERE id = $1',
        [id],
      );
      expect(row?.said).not.toContain(key);
      expect(row?.said.length).toBeLessThan(120);
    },
  );

  test.each(dialect.refusals.map((turn, index) => [index, turn] as const))(
    'tells a refusal (%i) from a failure: asked once, told apart, refunded',
    async (_, turn) => {
      service.script(turn);
      const { actor, id } = await newConversion('noir');
      expect(await runConversion(id, { engine: engine(), signal: never, isLastTry: false })).toBe('failed');
      expect(service.calls).toHaveLength(1);
      expect(must(await findConversion(actor, id))).toMatchObject({
        failureCode: 'refused',
        chargeReturned: true,
      });
      expect(await accounts(database(), actor.userId)).toMatchObject({ free: 2, charged: 0 });
    },
  );

  test.each(dialect.wrongSettings.map((turn, index) => [index, turn] as const))(
    'does not repeat what only a person can put right (%i)',
    async (_, turn) => {
      service.script(turn);
      expect(await engine().stylise(job())).toMatchObject({ ok: false, code: 'conversion.engine' });
      expect(service.calls).toHaveLength(1);
    },
  );

  test('does not follow a redirect, wherever it leads', async () => {
    const other = await createStyleService();
    other.script(good());
    service.script({ status: 307, body: '', headers: { location: `${other.url}/inside` } });
    expect(await engine().stylise(job())).toMatchObject({ ok: false, code: 'conversion.engine' });
    expect(other.calls).toHaveLength(0);
    await other.close();
  });

  test('waits as long as the service asks, and not at all when that is too long', async () => {
    service.script({ ...dialect.limited, headers: { 'retry-after': '600' } }, good());
    const begun = performance.now();
    expect(await engine().stylise(job())).toMatchObject({ ok: false, code: 'conversion.engine' });
    expect(service.calls).toHaveLength(1);
    expect(performance.now() - begun).toBeLessThan(5000);
  });

  test('stops at once when it is aborted', async () => {
    service.script('hang');
    const stop = new AbortController();
    setTimeout(() => stop.abort(), 30);
    expect(await engine().stylise(job({ style: 'oil', signal: stop.signal }))).toMatchObject({ ok: false });
    expect(service.calls.length).toBeLessThanOrEqual(1);
  });

  test('asks a server of one’s own without a key', async () => {
    service.script(good());
    must(await engine({ apiKey: undefined }).stylise(job()));
    // The last one: what the test before took back may have arrived late.
    expect(service.calls.at(-1)?.headers.authorization).toBeUndefined();
    expect(service.calls.at(-1)?.headers['x-goog-api-key']).toBeUndefined();
  });
});

describe('a server of one’s own that answers by address', () => {
  const engine = (more: Partial<HostedEngineSettings> = {}) =>
    createHostedEngine(
      createOpenAiService(
        {
          ...unpriced,
          name: 'openai',
          provider: 'openai',
          apiKey: key,
          model: 'm',
          baseUrl: `${service.url}/v1`,
          fetchesAnswers: true,
          ...more,
        },
        timeoutMs,
      ),
      { pauseMs: 1 },
    );
  const stylise = (settings?: Partial<HostedEngineSettings>) =>
    engine(settings).stylise({ photo, style: 'oil', attemptKey: 'conversion-1', signal: never });
  const at = (url: string): ServiceTurn => ({ status: 200, body: { created: 1, data: [{ url }] } });
  const file = (more: object = {}): ServiceTurn => ({
    status: 200,
    body: made,
    headers: { 'content-type': 'image/png' },
    ...more,
  });

  test.each([
    ['whole', () => `${service.url}/generated/one.png?token=x`],
    ['by its path', () => '/generated/one.png?token=x'],
  ])('is fetched from there when the address is given %s, with the key and nothing else', async (_, url) => {
    service.script(at(url()), file());
    expect(must(await stylise())).toMatchObject({ width: 1024, height: 768 });
    expect(service.calls.map(({ path }) => path)).toEqual(['/v1/images/edits', '/generated/one.png?token=x']);
    expect(service.calls[1]?.headers.authorization).toBe(`Bearer ${key}`);
    expect(service.calls[1]?.body).toHaveLength(0);
  });

  test('is not fetched unless the settings say so', async () => {
    service.script(at('/generated/one.png'), file());
    expect(await stylise({ fetchesAnswers: false })).toMatchObject({ ok: false, code: 'conversion.engine' });
    expect(service.calls).toHaveLength(1);
  });

  test('is fetched from no other server: not by name, number, port, scheme, user, or a way round', async () => {
    const other = await createStyleService();
    other.script(file());
    const { port } = new URL(service.url);
    for (const url of [
      `${other.url}/one.png`,
      'http://169.254.169.254/latest/meta-data',
      `http://localhost:${port}/one.png`,
      `http://[::ffff:127.0.0.1]:${port}/one.png`,
      `https://127.0.0.1:${port}/one.png`,
      `http://user:secret@127.0.0.1:${port}/one.png`,
      `//${new URL(other.url).host}/one.png`,
      'file:///etc/hostname',
      'data:image/png;base64,AAAA',
      `/${'x'.repeat(3000)}`,
    ]) {
      service.calls.length = 0;
      service.script(at(url), file());
      expect([url.slice(0, 60), await stylise()]).toMatchObject([url.slice(0, 60), { ok: false }]);
      expect([url.slice(0, 60), service.calls.length]).toEqual([url.slice(0, 60), 1]);
    }
    expect(other.calls).toHaveLength(0);
    await other.close();
  });

  test('does not follow a redirect from there, wherever it leads', async () => {
    const other = await createStyleService();
    other.script(file());
    service.script(at('/a.png'), { status: 302, body: '', headers: { location: `${other.url}/one.png` } });
    expect(await stylise()).toMatchObject({ ok: false, code: 'conversion.engine' });
    expect(other.calls).toHaveLength(0);
    await other.close();
  });

  test.each<[string, ServiceTurn]>([
    ['is gone', { status: 404, body: 'gone' }],
    ['is a page', { status: 200, body: '<!doctype html>', headers: { 'content-type': 'image/png' } }],
    ['never comes', 'hang'],
    ['breaks off', 'break off'],
    ['is endless', { status: 200, body: Buffer.alloc(37 * 1024 * 1024) }],
  ])('asks again, at most three times, when the picture %s', async (_, turn) => {
    service.script(at('/a.png'), turn, at('/a.png'), turn, at('/a.png'), turn);
    expect(await stylise()).toMatchObject({ ok: false, code: 'conversion.engine' });
    expect(service.calls.filter(({ path }) => path === '/v1/images/edits')).toHaveLength(3);
  });

  test('takes a picture that is in the answer all the same', async () => {
    service.script({ status: 200, body: { data: [{ url: null, b64_json: made.toString('base64') }] } });
    must(await stylise());
    expect(service.calls).toHaveLength(1);
  });
});

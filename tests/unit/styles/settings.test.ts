import { afterAll, describe, expect, it } from 'vitest';
import { EnvError, readEnv } from '#lib/core/env/env.ts';
import { type EngineLook, engineLooks, enginesFor } from '#lib/core/env/style-env.ts';
import { lookKinds } from '#lib/gallery/look/kinds.ts';
import { chooseEngine } from '#lib/styles/choose-engine.ts';

const base = { DATABASE_URL: 'postgres://a@b/c', NEXTAUTH_SECRET: 'x'.repeat(40) };
const settingsOf = (more: Readonly<Record<string, string | undefined>>) =>
  readEnv({ ...base, ...more } as unknown as NodeJS.ProcessEnv).engines;

describe('the settings of the style engine', () => {
  it('are none for the local one', () => {
    expect(settingsOf({})).toEqual([]);
    // One word puts all of them out of use.
    expect(
      settingsOf({ STYLE_ENGINE: 'local', STYLE_ENGINE_KEY: 'unused', STYLE_ENGINE_2: 'gemini' }),
    ).toEqual([]);
  });

  it('need a key for a service on the net, and name what is missing', () => {
    for (const STYLE_ENGINE of ['gemini', 'openai']) {
      expect(() => settingsOf({ STYLE_ENGINE })).toThrow(EnvError);
      expect(() => settingsOf({ STYLE_ENGINE })).toThrow('STYLE_ENGINE_KEY');
    }
  });

  it('know each provider’s own address and model', () => {
    expect(settingsOf({ STYLE_ENGINE: 'gemini', STYLE_ENGINE_KEY: 'k' })).toEqual([
      {
        name: 'gemini',
        provider: 'gemini',
        apiKey: 'k',
        model: 'gemini-2.5-flash-image',
        baseUrl: 'https://generativelanguage.googleapis.com',
        fetchesAnswers: false,
        country: '',
        looks: null,
        priceRials: 0,
      },
    ]);
    expect(settingsOf({ STYLE_ENGINE: 'openai', STYLE_ENGINE_KEY: 'k' })).toMatchObject([
      { baseUrl: 'https://api.openai.com/v1' },
    ]);
  });

  it('need no key for a server of one’s own', () => {
    const own = { STYLE_ENGINE: 'openai', STYLE_ENGINE_BASE_URL: 'http://10.0.0.7:8080/v1/' };
    const read = { apiKey: undefined, baseUrl: 'http://10.0.0.7:8080/v1', fetchesAnswers: false };
    expect(settingsOf(own)).toMatchObject([read]);
    expect(settingsOf({ ...own, STYLE_ENGINE_ANSWER: 'address' })).toMatchObject([{ fetchesAnswers: true }]);
  });

  it.each([
    { STYLE_ENGINE_BASE_URL: 'file:///etc/passwd' },
    { STYLE_ENGINE_BASE_URL: 'here' },
    { STYLE_ENGINE_MODEL: '../../v1/other' },
    { STYLE_ENGINE_MODEL: 'a b' },
    { STYLE_ENGINE_ANSWER: 'http://10.0.0.8' },
    { STYLE_ENGINE: 'dalle' },
    { STYLE_ENGINE_NAME: 'local' },
    { STYLE_ENGINE_LOOKS: 'hair,hat' },
    { STYLE_ENGINE_2: 'local' },
    { STYLE_ENGINE_2: 'gemini' },
    { STYLE_ENGINE_2: 'openai', STYLE_ENGINE_2_KEY: 'k' },
    { STYLE_ENGINE_2: 'gemini', STYLE_ENGINE_2_KEY: 'k', STYLE_ENGINE_2_PRICE_RIALS: '-1' },
  ])('refuse %o', (wrong) => {
    expect(() => settingsOf({ STYLE_ENGINE: 'openai', STYLE_ENGINE_KEY: 'k', ...wrong })).toThrow(EnvError);
  });
});

describe('several engines', () => {
  const three = {
    STYLE_ENGINE: 'openai',
    STYLE_ENGINE_BASE_URL: 'http://10.0.0.7/v1',
    STYLE_ENGINE_NAME: 'ours',
    STYLE_ENGINE_COUNTRY: 'IR',
    STYLE_ENGINE_LOOKS: 'garment, hair',
    ENGINE_PRICE_RIALS: '500',
    STYLE_ENGINE_2: 'openai',
    STYLE_ENGINE_2_KEY: 'k',
    STYLE_ENGINE_2_PRICE_RIALS: '40000',
    STYLE_ENGINE_3: 'gemini',
    STYLE_ENGINE_3_KEY: 'k',
    STYLE_ENGINE_3_LOOKS: 'hair',
  };

  it('stand in their order, each with its own price, country and looks', () => {
    expect(settingsOf(three)).toMatchObject([
      { name: 'ours', country: 'IR', looks: ['garment', 'hair'], priceRials: 500 },
      { name: 'openai', country: '', looks: null, priceRials: 40_000 },
      { name: 'gemini', looks: ['hair'], priceRials: 500 },
    ]);
  });

  it('make what they are named for, and our own makes the rest', () => {
    const engines = settingsOf(three);
    const makers = (look: EngineLook) => enginesFor(look, engines).map(({ name }) => name);
    expect(makers('hair')).toEqual(['ours', 'openai', 'gemini']);
    expect(makers('garment')).toEqual(['ours', 'openai']);
    expect(makers('style')).toEqual(['openai']);
    expect(enginesFor('style', settingsOf({ ...three, STYLE_ENGINE_2: undefined }))).toEqual([]);
    expect(engineLooks).toEqual(['style', ...lookKinds]);
  });
});

describe('choosing an engine', () => {
  const engines = [
    chooseEngine([]),
    chooseEngine(settingsOf({ STYLE_ENGINE: 'gemini', STYLE_ENGINE_KEY: 'k' })),
  ];
  afterAll(() => Promise.all(engines.map((engine) => engine.close())));

  it('takes our own where none is named, and says of several with each picture which one made it', () => {
    expect(engines.map(({ name }) => name)).toEqual(['local', null]);
  });
});

import { afterAll, describe, expect, it } from 'vitest';
import { EnvError, readEnv } from '#lib/core/env/env.ts';
import { chooseEngine } from '#lib/styles/choose-engine.ts';

const base = { DATABASE_URL: 'postgres://a@b/c', NEXTAUTH_SECRET: 'x'.repeat(40) };
const settingsOf = (more: Readonly<Record<string, string | undefined>>) =>
  readEnv({ ...base, ...more } as unknown as NodeJS.ProcessEnv).hostedEngine;

describe('the settings of the style engine', () => {
  it('are none for the local one', () => {
    expect(settingsOf({})).toBeNull();
    expect(settingsOf({ STYLE_ENGINE: 'local', STYLE_ENGINE_KEY: 'unused' })).toBeNull();
  });

  it('need a key for a service on the net, and name what is missing', () => {
    for (const STYLE_ENGINE of ['gemini', 'openai']) {
      expect(() => settingsOf({ STYLE_ENGINE })).toThrow(EnvError);
      expect(() => settingsOf({ STYLE_ENGINE })).toThrow('STYLE_ENGINE_KEY');
    }
  });

  it('know each provider’s own address and model', () => {
    expect(settingsOf({ STYLE_ENGINE: 'gemini', STYLE_ENGINE_KEY: 'k' })).toEqual({
      provider: 'gemini',
      apiKey: 'k',
      model: 'gemini-2.5-flash-image',
      baseUrl: 'https://generativelanguage.googleapis.com',
      fetchesAnswers: false,
    });
    expect(settingsOf({ STYLE_ENGINE: 'openai', STYLE_ENGINE_KEY: 'k' })).toMatchObject({
      baseUrl: 'https://api.openai.com/v1',
    });
  });

  it('need no key for a server of one’s own', () => {
    const own = { STYLE_ENGINE: 'openai', STYLE_ENGINE_BASE_URL: 'http://10.0.0.7:8080/v1/' };
    const read = { apiKey: undefined, baseUrl: 'http://10.0.0.7:8080/v1', fetchesAnswers: false };
    expect(settingsOf(own)).toMatchObject(read);
    expect(settingsOf({ ...own, STYLE_ENGINE_ANSWER: 'address' })).toMatchObject({ fetchesAnswers: true });
  });

  it.each([
    { STYLE_ENGINE_BASE_URL: 'file:///etc/passwd' },
    { STYLE_ENGINE_BASE_URL: 'here' },
    { STYLE_ENGINE_MODEL: '../../v1/other' },
    { STYLE_ENGINE_MODEL: 'a b' },
    { STYLE_ENGINE_ANSWER: 'http://10.0.0.8' },
    { STYLE_ENGINE: 'dalle' },
  ])('refuse %o', (wrong) => {
    expect(() => settingsOf({ STYLE_ENGINE: 'openai', STYLE_ENGINE_KEY: 'k', ...wrong })).toThrow(EnvError);
  });
});

describe('choosing an engine', () => {
  const named = { apiKey: 'k', model: 'm', baseUrl: 'http://127.0.0.1:9', fetchesAnswers: false };
  const engines = [
    chooseEngine(null),
    chooseEngine({ provider: 'gemini', ...named }),
    chooseEngine({ provider: 'openai', ...named }),
  ];
  afterAll(() => Promise.all(engines.map((engine) => engine.close())));

  it('takes the one that is named', () => {
    expect(engines.map(({ name }) => name)).toEqual(['local', 'gemini', 'openai']);
  });
});

import { z } from 'zod';

/** The variables of the style engine; a part of `env.ts`. */

const text = z.string().regex(/^\S+$/).optional();

export const styleVariables = {
  STYLE_ENGINE: {
    schema: z.enum(['local', 'gemini', 'openai']).default('local'),
    wrong: 'must be local, gemini or openai',
    example: 'local',
  },
  STYLE_ENGINE_KEY: {
    schema: text,
    wrong: 'must be the API key of the hosted style engine, without spaces',
    example: 'AIza…',
  },
  STYLE_ENGINE_MODEL: {
    schema: z
      .string()
      .regex(/^[\w.:/-]{1,100}$/)
      .refine((name) => !name.includes('..'))
      .optional(),
    wrong: 'must be the name of a model that edits pictures',
    example: 'gemini-2.5-flash-image',
  },
  STYLE_ENGINE_BASE_URL: {
    schema: z
      .string()
      .refine((one) => URL.canParse(one) && /^https?:$/.test(new URL(one).protocol))
      .optional(),
    wrong: 'must be the base URL of the hosted style engine',
    example: 'https://api.openai.com/v1',
  },
  STYLE_ENGINE_ANSWER: {
    schema: z.enum(['inline', 'address']).default('inline'),
    wrong:
      'must be inline (the picture in the answer) or address (where to fetch it at the same server; openai only)',
    example: 'inline',
  },
  STYLE_ENGINE_COUNTRY: {
    schema: z
      .string()
      .regex(/^[A-Z]{2}$/)
      .optional(),
    wrong: 'must be the two capital letters of the country a hosted engine works in',
    example: 'DE',
  },
} as const;

type Variables = {
  [Name in keyof typeof styleVariables]: z.output<(typeof styleVariables)[Name]['schema']>;
};

/** How a hosted engine is reached. The address comes from here and from nowhere else. */
export type HostedEngineSettings = {
  readonly provider: 'gemini' | 'openai';
  /** A server of one's own may need none. */
  readonly apiKey: string | undefined;
  readonly model: string;
  /** Without a slash at the end. */
  readonly baseUrl: string;
  /** Whether a picture may be answered by an address at that same server, to be fetched there. */
  readonly fetchesAnswers: boolean;
};

const defaults = {
  gemini: { model: 'gemini-2.5-flash-image', baseUrl: 'https://generativelanguage.googleapis.com' },
  openai: { model: 'gpt-image-1', baseUrl: 'https://api.openai.com/v1' },
} as const;

/** The hosted engine that is wished for, or null for the local one. A service on the net needs a key. */
export function styleSettings(
  read: Variables,
  missing: (name: keyof typeof styleVariables) => Error,
): HostedEngineSettings | null {
  const provider = read.STYLE_ENGINE;
  if (provider === 'local') return null;
  if (!read.STYLE_ENGINE_KEY && !read.STYLE_ENGINE_BASE_URL) throw missing('STYLE_ENGINE_KEY');
  return {
    provider,
    apiKey: read.STYLE_ENGINE_KEY,
    model: read.STYLE_ENGINE_MODEL ?? defaults[provider].model,
    baseUrl: (read.STYLE_ENGINE_BASE_URL ?? defaults[provider].baseUrl).replace(/\/+$/, ''),
    fetchesAnswers: read.STYLE_ENGINE_ANSWER === 'address',
  };
}

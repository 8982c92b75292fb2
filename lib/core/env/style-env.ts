import { z } from 'zod';

/** The variables of the style engines; a part of `env.ts`. */

const text = z.string().regex(/^\S+$/).optional();

/** What an engine may be named for: our own presets (`style`), and every kind of look of a gallery. */
export const engineLooks = [
  'style',
  'fabric',
  'garment',
  'hair',
  'makeup',
  'place',
  'painting',
  'light',
] as const;

/** What a picture is made in, as engines are chosen for it. */
export type EngineLook = (typeof engineLooks)[number];

const isLook = (name: string): name is EngineLook => engineLooks.some((look) => look === name);

/** One engine's variables, all with the same beginning. */
const engineVariables = {
  KEY: {
    schema: text,
    wrong: 'must be the API key of the hosted style engine, without spaces',
    example: 'AIza…',
  },
  MODEL: {
    schema: z
      .string()
      .regex(/^[\w.:/-]{1,100}$/)
      .refine((name) => !name.includes('..'))
      .optional(),
    wrong: 'must be the name of a model that edits pictures',
    example: 'gemini-2.5-flash-image',
  },
  BASE_URL: {
    schema: z
      .string()
      .refine((one) => URL.canParse(one) && /^https?:$/.test(new URL(one).protocol))
      .optional(),
    wrong: 'must be the base URL of the hosted style engine',
    example: 'https://api.openai.com/v1',
  },
  ANSWER: {
    schema: z.enum(['inline', 'address']).default('inline'),
    wrong:
      'must be inline (the picture in the answer) or address (where to fetch it at the same server; openai only)',
    example: 'inline',
  },
  COUNTRY: {
    schema: z
      .string()
      .regex(/^[A-Z]{2}$/)
      .optional(),
    wrong: 'must be the two capital letters of the country a hosted engine works in',
    example: 'DE',
  },
  NAME: {
    schema: z
      .string()
      .regex(/^[a-z]{2,20}$/)
      .refine((name) => name !== 'local')
      .optional(),
    wrong: 'must be 2 to 20 small letters, another for every engine; people are told it',
    example: 'ours',
  },
  LOOKS: {
    schema: z
      .string()
      .transform((list) => [...new Set(list.split(',').map((name) => name.trim()))])
      .refine((names) => names.every(isLook))
      .transform((names) => names.filter(isLook))
      .optional(),
    wrong: `must be one or several of ${engineLooks.join(', ')}, with commas`,
    example: 'garment,hair',
  },
} as const;

type EngineVariables = typeof engineVariables;
/** How the variables of the engines begin, first choice first. */
const places = ['STYLE_ENGINE', 'STYLE_ENGINE_2', 'STYLE_ENGINE_3'] as const;
type Placed<Place extends string> = {
  [Part in keyof EngineVariables as `${Place}_${Part}`]: EngineVariables[Part];
};
type PlacedVariables = Placed<'STYLE_ENGINE'> & Placed<'STYLE_ENGINE_2'> & Placed<'STYLE_ENGINE_3'>;

const placed = Object.fromEntries(
  places.flatMap((place) =>
    Object.entries(engineVariables).map(([part, variable]) => [`${place}_${part}`, variable]),
  ),
) as PlacedVariables;

const rials = z.coerce.number().int().min(0).max(1_000_000_000_000).optional();
const wrongPrice = 'must be a whole number of Rials, 0 for one that costs nothing with every call';
const other = {
  schema: z.enum(['gemini', 'openai']).optional(),
  wrong: 'must be gemini or openai',
  example: 'openai',
} as const;

export const styleVariables = {
  STYLE_ENGINE: {
    schema: z.enum(['local', 'gemini', 'openai']).default('local'),
    wrong: 'must be local, gemini or openai',
    example: 'local',
  },
  STYLE_ENGINE_2: other,
  STYLE_ENGINE_3: other,
  STYLE_ENGINE_2_PRICE_RIALS: { schema: rials, wrong: wrongPrice, example: '12000' },
  STYLE_ENGINE_3_PRICE_RIALS: { schema: rials, wrong: wrongPrice, example: '0' },
  ...placed,
} as const;

type Variables = {
  [Name in keyof typeof styleVariables]: z.output<(typeof styleVariables)[Name]['schema']>;
};

/** How a hosted engine is reached. The address comes from here and from nowhere else. */
export type HostedEngineSettings = {
  /** What it is called in figures, in agreements and to people; one engine's alone. */
  readonly name: string;
  readonly provider: 'gemini' | 'openai';
  /** A server of one's own may need none. */
  readonly apiKey: string | undefined;
  readonly model: string;
  /** Without a slash at the end. */
  readonly baseUrl: string;
  /** Whether a picture may be answered by an address at that same server, to be fetched there. */
  readonly fetchesAnswers: boolean;
  /** Where it works, as two letters; empty where that is not said. */
  readonly country: string;
  /** What it is asked for; null: everything. */
  readonly looks: readonly EngineLook[] | null;
  /** What one call costs, in Rials. */
  readonly priceRials: number;
};

const defaults = {
  gemini: { model: 'gemini-2.5-flash-image', baseUrl: 'https://generativelanguage.googleapis.com' },
  openai: { model: 'gpt-image-1', baseUrl: 'https://api.openai.com/v1' },
} as const;

/**
 * The hosted engines in the order in which they are asked; none where the first is the local one, which is how all of
 * them are put out of use at once. A service on the net needs a key. One without a price of its own costs what the first does.
 */
export function styleSettings(
  read: Variables & { readonly ENGINE_PRICE_RIALS: number | undefined },
  malformed: (name: keyof typeof styleVariables) => Error,
): readonly HostedEngineSettings[] {
  if (read.STYLE_ENGINE === 'local') return [];
  const priceRials = read.ENGINE_PRICE_RIALS ?? 0;
  const prices = {
    STYLE_ENGINE: priceRials,
    STYLE_ENGINE_2: read.STYLE_ENGINE_2_PRICE_RIALS ?? priceRials,
    STYLE_ENGINE_3: read.STYLE_ENGINE_3_PRICE_RIALS ?? priceRials,
  };
  const engines: HostedEngineSettings[] = [];
  for (const place of places) {
    const provider = read[place];
    if (!provider || provider === 'local') continue;
    const apiKey = read[`${place}_KEY`];
    const baseUrl = read[`${place}_BASE_URL`];
    if (!apiKey && !baseUrl) throw malformed(`${place}_KEY`);
    const name = read[`${place}_NAME`] ?? provider;
    if (engines.some((engine) => engine.name === name)) throw malformed(`${place}_NAME`);
    engines.push({
      name,
      provider,
      apiKey,
      model: read[`${place}_MODEL`] ?? defaults[provider].model,
      baseUrl: (baseUrl ?? defaults[provider].baseUrl).replace(/\/+$/, ''),
      fetchesAnswers: read[`${place}_ANSWER`] === 'address',
      country: read[`${place}_COUNTRY`] ?? '',
      looks: read[`${place}_LOOKS`] ?? null,
      priceRials: prices[place],
    });
  }
  return engines;
}

/** The hosted engines that make this, in their order; none: our own makes it. */
export function enginesFor(
  look: EngineLook,
  engines: readonly HostedEngineSettings[],
): readonly HostedEngineSettings[] {
  return engines.filter(({ looks }) => looks === null || looks.includes(look));
}

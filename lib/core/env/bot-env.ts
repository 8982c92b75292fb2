import { z } from 'zod';

/** The variables of the bots in messengers; a part of `env.ts`. */

/** Messengers whose bots speak the Bot API of Telegram (https://core.telegram.org/bots/api). */
export const botPlatforms = ['telegram', 'bale'] as const;
export type BotPlatform = (typeof botPlatforms)[number];

const token = z
  .string()
  .regex(/^\d{3,20}:[\w-]{10,100}$/)
  .optional();
const name = z
  .string()
  .regex(/^\w{3,32}$/)
  .optional();
const root = z
  .string()
  .refine((text) => URL.canParse(text) && /^https?:$/.test(new URL(text).protocol))
  .transform((text) => text.replace(/\/+$/, ''))
  .optional();
const updates = z.enum(['polling', 'webhook']).default('polling');

const wrong = {
  token: 'must be the token that the messenger gave for the bot',
  name: 'must be the name of the bot, without @',
  root: 'must be the address of a server that speaks the Bot API',
  updates: 'must be polling or webhook',
} as const;
const aToken = '123456789:AAbbCC…';

export const botVariables = {
  BOT_TELEGRAM_TOKEN: { schema: token, wrong: wrong.token, example: aToken },
  BOT_TELEGRAM_NAME: { schema: name, wrong: wrong.name, example: 'stayler_bot' },
  BOT_TELEGRAM_ROOT: { schema: root, wrong: wrong.root, example: 'https://api.telegram.org' },
  BOT_TELEGRAM_UPDATES: { schema: updates, wrong: wrong.updates, example: 'webhook' },
  BOT_BALE_TOKEN: { schema: token, wrong: wrong.token, example: aToken },
  BOT_BALE_NAME: { schema: name, wrong: wrong.name, example: 'stayler_bot' },
  BOT_BALE_ROOT: { schema: root, wrong: wrong.root, example: 'https://tapi.bale.ai' },
  BOT_BALE_UPDATES: { schema: updates, wrong: wrong.updates, example: 'polling' },
} as const;

type Variables = { [Name in keyof typeof botVariables]: z.output<(typeof botVariables)[Name]['schema']> };

/** One bot of ours. */
export type BotSettings = {
  readonly platform: BotPlatform;
  readonly token: string;
  /** What people find it by; without one no page leads to it. */
  readonly name: string | undefined;
  /** Where its Bot API is, without a slash at the end. */
  readonly root: string;
  /** Whether we ask for what people write, or are told of it. */
  readonly updates: 'polling' | 'webhook';
};

/** The bots that have a token. */
export function botSettings(read: Variables): readonly BotSettings[] {
  const bots = botPlatforms.map((platform) => {
    const of = platform === 'telegram' ? 'BOT_TELEGRAM' : 'BOT_BALE';
    const { example } = botVariables[`${of}_ROOT`];
    return {
      platform,
      token: read[`${of}_TOKEN`] ?? '',
      name: read[`${of}_NAME`],
      root: read[`${of}_ROOT`] ?? example,
      updates: read[`${of}_UPDATES`],
    };
  });
  return bots.filter((bot) => bot.token !== '');
}

import type { BotPlatform } from '#lib/core/env/bot-env.ts';
import type { Locale } from '#lib/core/i18n/routing.ts';
import { botUrl } from './bot-url.ts';
import { namedBots } from './named-bots.ts';
import { wordsOf } from './words.ts';

/** The chat that a printed code of a look opens, and how one gets there; null without a look or a bot that people can find. */
export function chatWith(
  platform: BotPlatform,
  lookId: string | undefined,
  locale: Locale,
): { address: string; how: string } | null {
  const bot = namedBots().find((one) => one.platform === platform);
  if (!bot || !lookId) return null;
  return { address: botUrl(bot, lookId, 'scan'), how: wordsOf(locale)(`bot.codeHow.${platform}`) };
}

import type { BotPlatform } from '#lib/core/env/bot-env.ts';
import { env } from '#lib/core/env/env.ts';

const hosts = { telegram: 'https://t.me', bale: 'https://ble.ir' } as const satisfies Record<
  BotPlatform,
  string
>;

/** Where a messenger opens our bot, with a look of a gallery if one is named; null where there is none that people can find. */
export function botUrl(platform: BotPlatform, lookId?: string): string | null {
  const name = env().bots.find((one) => one.platform === platform)?.name;
  if (!name) return null;
  return `${hosts[platform]}/${name}${lookId ? `?start=look_${lookId}` : ''}`;
}

import type { BotPlatform } from '#lib/core/env/bot-env.ts';

/** A bot that people can find. Safe to import in the browser. */
export type NamedBot = { readonly platform: BotPlatform; readonly name: string };

const hosts = { telegram: 'https://t.me', bale: 'https://ble.ir' } as const satisfies Record<
  BotPlatform,
  string
>;

/**
 * Where a messenger opens our bot, with a look of a gallery if one is named.
 *
 * @param by A link that was pressed, or a printed code, which is counted.
 */
export function botUrl({ platform, name }: NamedBot, lookId?: string, by: 'look' | 'scan' = 'look'): string {
  return `${hosts[platform]}/${name}${lookId ? `?start=${by}_${lookId}` : ''}`;
}

import type { UserActor } from '#lib/core/actor.ts';
import type { BotPlatform } from '#lib/core/env/bot-env.ts';
import { env } from '#lib/core/env/env.ts';
import { db } from '#lib/db/client.ts';
import { botUrl } from '../bot-url.ts';
import { namedBots } from '../named-bots.ts';
import { type LinkRow, listLinkRows } from './store.ts';

/** A messenger as the page of an account shows it: how to get there, and the chat that is linked. */
export type MessengerView = {
  readonly platform: BotPlatform;
  /** Null where the bot's name is not said. */
  readonly url: string | null;
  readonly link: LinkRow | null;
};

/** The messengers that have a bot of ours, or had one when the user linked a chat there. */
export async function listMessengers({ userId }: UserActor): Promise<MessengerView[]> {
  const links = await listLinkRows(db(), userId);
  const platforms = new Set([...env().bots, ...links].map(({ platform }) => platform));
  const named = namedBots();
  return [...platforms].map((platform) => {
    const bot = named.find((one) => one.platform === platform);
    const link = links.find((one) => one.platform === platform) ?? null;
    return { platform, url: bot ? botUrl(bot) : null, link };
  });
}

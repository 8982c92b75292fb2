import { GrammyError } from 'grammy/web';
import { webhookUrl } from '#lib/bot/prepare-bot.ts';
import { apiOf, callFailure } from '#lib/bot/wire/bot-api.ts';
import type { BotSettings } from '#lib/core/env/bot-env.ts';
import type { Env } from '#lib/core/env/env.ts';
import { isLoopback } from './check-settings.ts';
import { amber, type Check, green, red } from './finding.ts';

/** Updates that wait in a messenger when nobody takes them. */
const manyWaiting = 100;

const variable = ({ platform }: BotSettings, name: 'TOKEN' | 'NAME' | 'ROOT') =>
  `BOT_${platform.toUpperCase()}_${name}`;

/** Where updates go, as the messenger has it. A worker sets it at its start, so that what is wrong here may be over in a minute. */
async function checkWay(bot: BotSettings, site: string): Promise<Check[]> {
  const { platform, updates } = bot;
  const { url = '', pending_update_count: waiting = 0, ...last } = await apiOf(bot).getWebhookInfo();
  const wanted = updates === 'webhook' ? webhookUrl(platform, site) : '';
  const found: Check[] = [];
  if (url !== wanted) {
    const says = url
      ? `${platform} tells another address of updates (${new URL(url).host})`
      : `${platform} tells nobody of updates yet`;
    const todo =
      'A worker sets this at its start. Does one run, and does no other installation use the token?';
    found.push(amber(says, todo));
  }
  if (waiting > manyWaiting)
    found.push(
      amber(`${waiting} updates wait in ${platform}`, 'Nobody takes them: look at the worker and its log.'),
    );
  const said = last.last_error_message;
  if (url === wanted && updates === 'webhook' && waiting > 0 && said)
    found.push(
      amber(
        `${platform} could not tell us last: ${said.replaceAll(bot.token, '…')}`,
        'Look at the proxy and its certificate.',
      ),
    );
  return found.length > 0 ? found : [green(`what people write comes from ${platform} by ${updates}`)];
}

/** What the settings of a bot leave open, before anything is asked. */
function checkBotSettings(bot: BotSettings, site: string): Check[] {
  const { platform, root, updates, name } = bot;
  const found: Check[] = [];
  const at = new URL(root);
  if (at.protocol !== 'https:' && !isLoopback(at.hostname))
    found.push(
      red(
        `the token would go to ${at.host} without https`,
        `Set ${variable(bot, 'ROOT')} to an https address.`,
      ),
    );
  if (updates === 'webhook' && !site.startsWith('https:') && !isLoopback(at.hostname))
    found.push(
      red(`${platform} tells only https addresses of updates`, 'Set NEXTAUTH_URL to one, or ask by polling.'),
    );
  if (!name)
    found.push(
      amber(
        `no page leads to the bot in ${platform}`,
        `Set ${variable(bot, 'NAME')} to its name, without @.`,
      ),
    );
  return found;
}

async function checkBot(bot: BotSettings, site: string): Promise<Check[]> {
  const { platform, name } = bot;
  const settings = checkBotSettings(bot, site);
  if (settings.some(({ state }) => state === 'red')) return settings;
  try {
    const { username } = await apiOf(bot).getMe();
    // A server that says no name has nothing to compare.
    const isNamed = !name || !username || name.toLowerCase() === username.toLowerCase();
    return [
      ...settings,
      isNamed
        ? green(`the bot ${username ?? name ?? ''} answers in ${platform}`)
        : red(
            `pages lead to ${name} in ${platform}, but the token is that of ${username}`,
            `Set ${variable(bot, 'NAME')} to ${username}.`,
          ),
      ...(await checkWay(bot, site)),
    ];
  } catch (error) {
    const failure = callFailure(error);
    if (!failure) throw error;
    const code = error instanceof GrammyError ? error.error_code : null;
    if (code === 401 || code === 404)
      return [
        ...settings,
        red(`${platform} knows no bot by this token (${code})`, `Look at ${variable(bot, 'TOKEN')}.`),
      ];
    const says = code ? `${platform} answers ${code}` : `${platform} does not answer`;
    return [...settings, amber(says, `Look at ${variable(bot, 'ROOT')} and the way out.`)];
  }
}

/** Asks each messenger whose bot we have who it is, and where it tells of what people write. The token is part of no finding. */
export async function checkBots({ bots, nextauthUrl }: Pick<Env, 'bots' | 'nextauthUrl'>): Promise<Check[]> {
  return (await Promise.all(bots.map((bot) => checkBot(bot, nextauthUrl)))).flat();
}

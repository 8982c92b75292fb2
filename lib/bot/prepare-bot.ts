import type { BotPlatform, BotSettings } from '#lib/core/env/bot-env.ts';
import { env } from '#lib/core/env/env.ts';
import { routing } from '#lib/core/i18n/routing.ts';
import { log } from '#lib/core/log.ts';
import { wantedUpdates } from './inbox/poll-updates.ts';
import { webhookSecret } from './inbox/webhook-secret.ts';
import { commandList } from './talk/commands.ts';
import { apiOf, callFailure } from './wire/bot-api.ts';

/** Where a messenger tells a bot of ours of updates; `site` is `NEXTAUTH_URL`. */
export const webhookUrl = (platform: BotPlatform, site: string): string => `${site}/api/bot/${platform}`;

/**
 * Tells a messenger how its updates come to us, and what can be asked for in each language. Said at every start of a worker:
 * the same again changes nothing. False when it does not answer, so that it is tried again.
 */
export async function prepareBot(bot: BotSettings): Promise<boolean> {
  const api = apiOf(bot);
  const { platform, updates } = bot;
  try {
    if (updates === 'webhook') {
      await api.setWebhook(webhookUrl(platform, env().nextauthUrl), {
        secret_token: webhookSecret(platform),
        allowed_updates: [...wantedUpdates],
        max_connections: 10,
      });
    } else {
      await api.deleteWebhook();
    }
    for (const locale of routing.locales) {
      const only = locale === routing.defaultLocale ? {} : { language_code: locale };
      await api.setMyCommands(commandList(locale), only);
    }
    return true;
  } catch (error) {
    const failure = callFailure(error);
    if (!failure) throw error;
    log.warn({ platform, failure }, 'a bot could not be prepared');
    // What a messenger does not know it will not know in a minute either.
    return failure.kind === 'refused';
  }
}

import { createHmac, timingSafeEqual } from 'node:crypto';
import type { BotPlatform } from '#lib/core/env/bot-env.ts';
import { deriveKey } from '#lib/core/secrets.ts';

/** Under what a messenger shows the secret that we gave it, with everything that it sends (Bot API, `setWebhook`). */
const secretHeader = 'x-telegram-bot-api-secret-token';

/** Derived and kept nowhere; of letters that the header may have. */
export function webhookSecret(platform: BotPlatform): string {
  return createHmac('sha256', deriveKey('bot.webhook')).update(platform).digest('base64url');
}

/** Whether a request shows the secret of this messenger; compared in constant time. */
export function showsSecret(platform: BotPlatform, headers: Headers): boolean {
  const [shown, wanted] = [
    Buffer.from(headers.get(secretHeader) ?? ''),
    Buffer.from(webhookSecret(platform)),
  ];
  return shown.length === wanted.length && timingSafeEqual(shown, wanted);
}

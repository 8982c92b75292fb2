import type { BotPlatform } from '#lib/core/env/bot-env.ts';
import { env } from '#lib/core/env/env.ts';
import { readBytes } from '#lib/core/http/read-body.ts';
import { fail, type Result, succeed } from '#lib/core/result.ts';
import { botLimits } from '../policy.ts';
import { takeUpdates } from './poll-updates.ts';
import { showsSecret } from './webhook-secret.ts';

function parse(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch {
    return null;
  }
}

/**
 * Puts what a messenger tells us of into the line; the same again is no more. Fails with `notFound` where no bot is told by a
 * webhook, or the secret is not shown.
 */
export async function hearWebhook(platform: BotPlatform, request: Request): Promise<Result<{ ok: true }>> {
  const bot = env().bots.find((one) => one.platform === platform);
  if (bot?.updates !== 'webhook' || !showsSecret(platform, request.headers)) {
    return fail('notFound', `no webhook of ${platform}, or without its secret`);
  }
  const bytes = request.body ? await readBytes(request.body, botLimits.updateBytes) : null;
  const body = bytes && parse(bytes);
  // What cannot be read now cannot be read when it is sent again.
  if (body) await takeUpdates(platform, [body]);
  return succeed({ ok: true });
}

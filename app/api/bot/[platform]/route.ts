import { z } from 'zod';
import { publicRoute } from '#lib/auth/door/route.ts';
import { hearWebhook } from '#lib/bot/inbox/hear-webhook.ts';
import { botPlatforms } from '#lib/core/env/bot-env.ts';

export const dynamic = 'force-dynamic';

/** What a messenger tells a bot of ours: into the line with it, and a worker answers. */
export const POST = publicRoute({
  params: z.object({ platform: z.enum(botPlatforms) }),
  limit: 'bot.update',
  handler: ({ params, request }) => hearWebhook(params.platform, request),
});

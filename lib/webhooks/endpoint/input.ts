import { z } from 'zod';
import { webhookEvents, webhookLimits } from '../kinds.ts';

/** An address of the open network: https, without a name and password in it. */
const address = z
  .string()
  .trim()
  .max(webhookLimits.urlLength, 'webhooks.field.address')
  .transform((text, context) => {
    const url = URL.parse(text);
    if (url?.protocol === 'https:' && !url.username && !url.password && url.hostname) {
      url.hash = '';
      return url.href;
    }
    context.addIssue({ code: 'custom', message: 'webhooks.field.address' });
    return z.NEVER;
  });

const inputOf = <Event extends string>(events: readonly [Event, ...Event[]]) =>
  z.object({
    url: address,
    events: z
      .array(z.enum(events))
      .min(1, 'webhooks.field.eventsMissing')
      .max(events.length)
      .transform((all) => [...new Set(all)]),
  });

export const userWebhookInput = inputOf(webhookEvents.user);
export const vendorWebhookInput = inputOf(webhookEvents.vendor);
export const webhookChoice = z.strictObject({ id: z.uuid('errors.notFound') });

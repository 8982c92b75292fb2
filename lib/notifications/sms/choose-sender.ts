import { env } from '#lib/core/env/env.ts';
import { createBale } from './bale.ts';
import { createKavenegar } from './kavenegar.ts';
import { outboxSender } from './outbox-sender.ts';
import { createSmsIr } from './sms-ir.ts';
import type { SmsSender } from './sms-sender.ts';

/** The providers that may send text messages, first choice first. */
export function smsSenders(): readonly SmsSender[] {
  const providers = env().smsProviders;
  if (providers.length === 0) return [outboxSender];
  return providers.map((settings) => {
    if (settings.provider === 'bale') return createBale(settings);
    return settings.provider === 'kavenegar' ? createKavenegar(settings) : createSmsIr(settings);
  });
}

import { env } from '#lib/core/env.ts';
import { outboxSender } from './outbox-sender.ts';
import type { SmsSender } from './sms-sender.ts';

/** The sender that `SMS_PROVIDER` names. */
export function smsSender(): SmsSender {
  const provider = env().smsProvider;
  if (provider === 'outbox') return outboxSender;
  throw new Error(`SMS_PROVIDER=${provider} has no adapter yet`);
}

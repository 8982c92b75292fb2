import type { Phone } from '#lib/core/phone.ts';
import type { Result } from '#lib/core/result.ts';

/** One text message. `id` names it for good: sending the same id again must not deliver twice where that can be helped. */
export type SmsMessage = { readonly id: string; readonly to: Phone; readonly text: string };

/** Whoever carries text messages. A failure that may pass is `service.unavailable`; the job is then tried again. */
export interface SmsSender {
  readonly name: string;
  send(message: SmsMessage): Promise<Result<null>>;
}

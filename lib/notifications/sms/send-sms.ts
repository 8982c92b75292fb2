import { phoneKey } from '#lib/audit/phone-key.ts';
import { env } from '#lib/core/env/env.ts';
import { log } from '#lib/core/log.ts';
import { maskPhone } from '#lib/core/phone.ts';
import { db } from '#lib/db/client.ts';
import { admitMessage as admitSpending, takeBackMessage } from '#lib/rate-limit/spending.ts';
import { smsSenders } from './choose-sender.ts';
import { admitMessage, areAllFailing, noteFailure, noteSuccess, secondsUntilWay } from './circuit-store.ts';
import { notSent, type SmsFailure, type SmsMessage, type SmsOutcome, type SmsSender } from './sms-sender.ts';
import { insertTry, type TryOutcome } from './try-store.ts';

/**
 * Sends a message, charged to the day when it is handed over and not when it was asked for; what no provider took costs
 * nothing. `isNeeded`: somebody would be shut out without it, and it may use what is kept for that.
 */
export async function sendSms(message: SmsMessage, isNeeded: boolean): Promise<SmsOutcome> {
  const day = await admitSpending(db(), isNeeded);
  if (!day.ok) {
    await noteTry(message, null, 'held', day.detail);
    return notSent('refuse', day.detail);
  }
  let isSent = false;
  try {
    const outcome = await hand(message);
    isSent = outcome.ok;
    return outcome;
  } finally {
    if (!isSent) await takeBackMessage(db(), day.value);
  }
}

/** Keeps what became of a message for whoever is asked about it; that it was not kept stops no message. */
export async function noteTry(
  { id, to, about }: Pick<SmsMessage, 'id' | 'to' | 'about'>,
  provider: string | null,
  outcome: TryOutcome,
  detail: string,
): Promise<void> {
  const number = { key: phoneKey(to), mask: maskPhone(to) };
  await insertTry(db(), { messageId: id, ...number, about, provider, outcome, detail }).catch(
    (error: unknown) => log.warn({ err: error, messageId: id }, 'what became of a message was not kept'),
  );
}

/** Asks one provider, and keeps what it answered. */
async function ask(sender: SmsSender, message: SmsMessage): Promise<SmsOutcome> {
  const outcome = await sender.send(message);
  const detail = outcome.ok ? 'accepted' : outcome.detail;
  await noteTry(message, sender.name, outcome.ok ? 'sent' : outcome.kind, detail);
  return outcome;
}

/**
 * Hands a message to the first provider that takes it. One that failed three times in a row is left alone and
 * tried with a single message every fifteen seconds. A message that a provider refuses for what it is would be
 * refused by the next one too; one that it merely does not carry goes on to the next.
 */
async function hand(message: SmsMessage): Promise<SmsOutcome> {
  // What a provider that may take it yet has said; else what the first one said that does not carry it.
  let failure: SmsFailure | null = null;
  for (const sender of smsSenders()) {
    if (sender.name === 'outbox') return ask(sender, message);
    if (!(await admitMessage(db(), sender.name))) {
      failure = notSent('retry', `${sender.name} is taken for down`);
      await noteTry(message, sender.name, 'held', failure.detail);
      continue;
    }
    const outcome = await ask(sender, message);
    if (outcome.ok || outcome.kind === 'refuse' || outcome.kind === 'elsewhere') {
      await noteSuccess(db(), sender.name).catch((error: unknown) =>
        // The message is out: a failure here would have it sent again.
        log.warn({ err: error, provider: sender.name }, 'an SMS provider that works was not noted'),
      );
      if (outcome.ok || outcome.kind === 'refuse') return outcome;
      failure ??= outcome;
      continue;
    }
    failure = outcome;
    const isClosed = await noteFailure(db(), sender.name);
    const facts = { messageId: message.id, provider: sender.name, detail: outcome.detail };
    if (outcome.kind === 'misconfigured') log.error(facts, 'the settings of an SMS provider are wrong');
    else log.warn(facts, 'an SMS provider did not take a message');
    if (isClosed) log.error({ provider: sender.name }, 'an SMS provider is taken for down');
  }
  return failure ?? notSent('retry', 'nobody sends messages');
}

const names = () => env().smsProviders.map(({ provider }) => provider);

/** Seconds until sending a message can succeed; 0 when it can be tried now. Says nothing about any number. */
export async function secondsUntilSms(): Promise<number> {
  return env().embedded.sms ? 0 : secondsUntilWay(db(), names());
}

/** Whether messages may come late or not at all at the moment. Says nothing about any number. */
export async function isSmsDelayed(): Promise<boolean> {
  return env().embedded.sms ? false : areAllFailing(db(), names());
}

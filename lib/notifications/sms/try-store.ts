import type { Tx } from '#lib/db/transact.ts';

/** What became of text messages, for an operator whom somebody tells that none came. Never the number, text or code. */

/** `held`: handed to no provider, for a reason of ours. */
export type TryOutcome = 'sent' | 'retry' | 'refuse' | 'elsewhere' | 'misconfigured' | 'held';

/** What a message is about: a code by its purpose, or one of the others. */
export type MessageAbout =
  | 'phone_verify'
  | 'password_reset'
  | 'old_phone'
  | 'new_phone'
  | 'messenger'
  | 'planEnd'
  | 'numberChanged';

export type MessageTry = {
  readonly messageId: string;
  /** What stands for its number here, and the number without its middle. */
  readonly key: string;
  readonly mask: string;
  readonly about: MessageAbout;
  /** Null when none was asked. */
  readonly provider: string | null;
  readonly outcome: TryOutcome;
  /** What the provider answered, or why none was asked. */
  readonly detail: string;
};

export async function insertTry(tx: Tx, one: MessageTry): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO message_tries (message_id, phone_key, phone_mask, about, provider, outcome, detail)
    VALUES (${one.messageId}::uuid, ${one.key}, ${one.mask}, ${one.about}, ${one.provider},
      ${one.outcome}, ${one.detail.slice(0, 200)})`;
}

export type TryRow = {
  readonly id: bigint;
  readonly mask: string;
  readonly about: MessageAbout;
  readonly provider: string | null;
  readonly outcome: TryOutcome;
  readonly detail: string;
  readonly triedAt: Date;
};

/** What became of the messages to a number in the last thirty days, newest first. */
export async function listTries(tx: Tx, key: string, limit: number): Promise<TryRow[]> {
  return tx.$queryRaw<TryRow[]>`
    SELECT id, phone_mask AS mask, about, provider, outcome, detail, tried_at AS "triedAt"
    FROM message_tries WHERE phone_key = ${key} ORDER BY tried_at DESC, id DESC LIMIT ${limit}`;
}

/** Forgets what became of so many old messages. Returns how many. */
export async function deleteOldTries(tx: Tx, limit: number): Promise<number> {
  return tx.$executeRaw`
    DELETE FROM message_tries WHERE id = ANY (ARRAY(
      SELECT id FROM message_tries WHERE tried_at < now() - interval '30 days' ORDER BY tried_at LIMIT ${limit}))`;
}

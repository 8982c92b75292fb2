import { env } from '#lib/core/env.ts';
import { db } from '#lib/db/client.ts';
import { listOutboxMessages, type OutboxMessage } from './store.ts';

/** Messages that would have been sent, newest first; null where messages are really sent. */
export async function listOutbox(): Promise<OutboxMessage[] | null> {
  return env().embedded.sms ? listOutboxMessages(db(), 50) : null;
}

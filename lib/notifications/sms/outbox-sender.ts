import { db } from '#lib/db/client.ts';
import { insertOutboxMessage } from './outbox-store.ts';
import { type SmsSender, sent } from './sms-sender.ts';

/** Keeps messages in the database, for an installation that cannot send any. They are shown at `/dev/outbox`. */
export const outboxSender: SmsSender = {
  name: 'outbox',
  send: async (message) => {
    await insertOutboxMessage(db(), message);
    return sent;
  },
};

import { log } from '#lib/core/log.ts';
import { succeed } from '#lib/core/result.ts';
import { db } from '#lib/db/client.ts';
import { writePatiently } from '#lib/db/decide.ts';
import { inBatches } from '#lib/db/in-batches.ts';
import { transact } from '#lib/db/transact.ts';
import { recordNotice } from '#lib/notifications/notice/record-notice.ts';
import { pauses } from '../kinds.ts';
import { openNetwork, type Reach } from './outside-address.ts';
import { postMessage } from './post-message.ts';
import { secretsOf, signMessage } from './sign-message.ts';
import {
  claimDue,
  type DueMessage,
  deleteOldMessages,
  disableFailing,
  noteAttempt,
  noteHealth,
} from './store.ts';

/** Sent at a time by one worker: a receiver that is slow holds up no more than its own. */
const atOnce = 8;

/** What is sent: the event, when it happened, and whose id to ask the API about. */
function bodyOf({ event, createdAt, subjectId }: DueMessage): string {
  return JSON.stringify({ type: event, timestamp: createdAt.toISOString(), data: { id: subjectId } });
}

async function deliver(message: DueMessage, reach: Reach): Promise<void> {
  const { id, url, endpointId, secretVersion, rotatedAt, attempts } = message;
  const body = bodyOf(message);
  const secrets = secretsOf({ id: endpointId, secretVersion, rotatedAt });
  const { status, error } = await postMessage(url, signMessage(`msg_${id}`, body, secrets), body, reach);
  const delivered = status !== null && status >= 200 && status < 300;
  const againInSeconds = delivered ? null : (pauses[attempts - 1] ?? null);
  if (!delivered && againInSeconds === null)
    log.warn({ message: id, status, error }, 'a webhook was given up');
  await writePatiently(() => noteAttempt(db(), id, { status, error, delivered, againInSeconds }));
  await writePatiently(() => noteHealth(db(), endpointId, delivered));
  if (!delivered) await switchOff(endpointId);
}

/** An address that has taken nothing for days is told of nothing more, and its owner of that. */
async function switchOff(endpointId: string): Promise<void> {
  const done = await transact(async (tx) => {
    const off = await disableFailing(tx, endpointId);
    if (off) await recordNotice(tx, off.owner, 'webhook.off', { host: new URL(off.url).host });
    return succeed(off !== null);
  });
  if (done.ok && done.value) log.warn({ endpoint: endpointId }, 'a webhook was switched off');
}

/** Sends messages whose time has come, until none is left; how many. What fails is tried again for a day. */
export async function deliverMessages(reach: Reach = openNetwork): Promise<number> {
  let sent = 0;
  for (;;) {
    const due = await claimDue(db(), atOnce);
    await Promise.all(due.map((message) => deliver(message, reach)));
    sent += due.length;
    if (due.length < atOnce) return sent;
  }
}

/** Forgets what was told long ago. */
export async function sweepWebhooks(): Promise<void> {
  await inBatches((limit) => deleteOldMessages(limit));
}

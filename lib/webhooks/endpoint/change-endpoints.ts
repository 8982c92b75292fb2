import { recordEvent } from '#lib/audit/record-event.ts';
import { type AccountActor, accountOf } from '#lib/core/actor.ts';
import { fail, type Result, succeed } from '#lib/core/result.ts';
import { transact } from '#lib/db/transact.ts';
import { addressOf, openNetwork, type Reach } from '../delivery/outside-address.ts';
import { secretOf } from '../delivery/sign-message.ts';
import { type WebhookEvent, webhookLimits } from '../kinds.ts';
import {
  deleteEndpoint,
  enableRow,
  insertEndpoint,
  insertPing,
  raiseVersion,
  requeueMessage,
} from './store.ts';

/**
 * Has a program told of events at an address, and answers the secret that its messages are signed with. Fails with
 * `input.invalid` for an address that leads inside or nowhere, `webhook.tooMany` beyond five. Asked for again under its
 * `id`, it is the one that was made.
 */
export async function createEndpoint(
  actor: AccountActor,
  { url, events }: { url: string; events: readonly WebhookEvent[] },
  id: string,
  reach: Reach = openNetwork,
): Promise<Result<{ id: string; secret: string }>> {
  if (!(await addressOf(new URL(url).hostname, reach))) {
    const fields = { url: 'webhooks.field.inside' };
    return fail('input.invalid', 'an address that leads inside, or nowhere', { fields });
  }
  return transact(async (tx) => {
    const made = await insertEndpoint(tx, accountOf(actor), { id, url, events });
    if (made === 'too many') return fail('webhook.tooMany', `${webhookLimits.perAccount} are there`);
    if (made === 'new') {
      const metadata = { events: events.join(' ') };
      await recordEvent(tx, actor, 'webhook.create', { resource: 'webhook', resourceId: id, metadata });
    }
    return succeed({ id, secret: secretOf(id, 1) });
  });
}

/** Gives an endpoint another secret and answers it; the one before is signed with, too, for a day. */
export async function rotateSecret(
  actor: AccountActor,
  { id }: { id: string },
): Promise<Result<{ id: string; secret: string }>> {
  return transact(async (tx) => {
    const version = await raiseVersion(tx, accountOf(actor), id);
    if (version === null) return fail('notFound', `endpoint ${id} is not the account's`);
    await recordEvent(tx, actor, 'webhook.rotate', { resource: 'webhook', resourceId: id });
    return succeed({ id, secret: secretOf(id, version) });
  });
}

/** Tells a program of nothing more, and forgets what it was told. */
export async function removeEndpoint(actor: AccountActor, { id }: { id: string }): Promise<Result<null>> {
  return transact(async (tx) => {
    if (!(await deleteEndpoint(tx, accountOf(actor), id)))
      return fail('notFound', `endpoint ${id} is not the account's`);
    await recordEvent(tx, actor, 'webhook.delete', { resource: 'webhook', resourceId: id });
    return succeed(null);
  });
}

/** Sends a message again, under its own id. Fails with `notFound` for one that is not the actor's or is on its way. */
export async function repeatMessage(actor: AccountActor, { id }: { id: string }): Promise<Result<null>> {
  return transact(async (tx) => {
    if (!(await requeueMessage(tx, accountOf(actor), id)))
      return fail('notFound', `message ${id} cannot be sent again`);
    await recordEvent(tx, actor, 'webhook.repeat', { resource: 'webhook', resourceId: id });
    return succeed(null);
  });
}

/**
 * Sends an address a message that says nothing but that it arrives, signed and tried again as every other. Asked for again
 * under its id, it is the one that was sent. Fails with `notFound` for an address that is not the actor's or is switched off.
 */
export async function pingEndpoint(
  actor: AccountActor,
  { id: endpointId }: { id: string },
  id: string,
): Promise<Result<null>> {
  return transact(async (tx) => {
    if (!(await insertPing(tx, accountOf(actor), { endpointId, id })))
      return fail('notFound', `endpoint ${endpointId} is not the account's, or is off`);
    await recordEvent(tx, actor, 'webhook.ping', { resource: 'webhook', resourceId: endpointId });
    return succeed(null);
  });
}

/** Tells an address again that was switched off because nothing arrived there. */
export async function enableEndpoint(actor: AccountActor, { id }: { id: string }): Promise<Result<null>> {
  return transact(async (tx) => {
    if (!(await enableRow(tx, accountOf(actor), id)))
      return fail('notFound', `endpoint ${id} is not the account's`);
    await recordEvent(tx, actor, 'webhook.enable', { resource: 'webhook', resourceId: id });
    return succeed(null);
  });
}

import { type AccountActor, accountOf } from '#lib/core/actor.ts';
import { db } from '#lib/db/client.ts';
import { type EndpointRow, listEndpointRows, listMessageRows, type MessageRow } from './store.ts';

/** An endpoint as its owner sees it, with what it was told last. */
export type EndpointView = EndpointRow & { readonly messages: readonly MessageRow[] };

/** The actor's endpoints, each with its newest messages. */
export async function listEndpoints(actor: AccountActor): Promise<EndpointView[]> {
  const endpoints = await listEndpointRows(db(), accountOf(actor));
  if (endpoints.length === 0) return [];
  const messages = await listMessageRows(
    db(),
    endpoints.map(({ id }) => id),
  );
  return endpoints.map((one) => ({
    ...one,
    messages: messages.filter(({ endpointId }) => endpointId === one.id),
  }));
}

import type { AccountActor } from '#lib/core/actor.ts';
import { accountOf } from '#lib/core/actor.ts';
import { decodeCursor } from '#lib/core/cursor.ts';
import { type Page, pageOf } from '#lib/core/list-page.ts';
import { paymentGateways } from './gateway/choose-gateway.ts';
import { listPaymentRows } from './read-store.ts';
import { type PaymentView, toPaymentView } from './view.ts';

export type PaymentPage = Page<PaymentView>;

const pageSize = 20;

/** The actor's payments, newest first, in pages that stay stable while new ones are made. */
export async function listPayments(actor: AccountActor, cursor?: string): Promise<PaymentPage> {
  const rows = await listPaymentRows(accountOf(actor), decodeCursor('time', cursor), pageSize + 1);
  const { items, next } = pageOf(rows, pageSize);
  const gateways = paymentGateways();
  return { items: items.map((row) => toPaymentView(row, gateways)), next };
}

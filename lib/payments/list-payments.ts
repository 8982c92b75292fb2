import { decodeTimeCursor, encodeTimeCursor } from '#lib/core/time-cursor.ts';
import { paymentGateway } from './gateway/choose-gateway.ts';
import { type Buyer, ownerOf } from './owner.ts';
import { listPaymentRows } from './read-store.ts';
import { type PaymentView, toPaymentView } from './view.ts';

/** One page of payments; `next` is the cursor of the page after it, null on the last. */
export type PaymentPage = { items: PaymentView[]; next: string | null };

const pageSize = 20;

/** The actor's payments, newest first, in pages that stay stable while new ones are made. */
export async function listPayments(actor: Buyer, cursor?: string): Promise<PaymentPage> {
  const rows = await listPaymentRows(ownerOf(actor), decodeTimeCursor(cursor), pageSize + 1);
  const shown = rows.slice(0, pageSize);
  const last = shown.at(-1);
  const { payUrl } = paymentGateway();
  return {
    items: shown.map((row) => toPaymentView(row, payUrl)),
    next: rows.length > pageSize && last ? encodeTimeCursor(last) : null,
  };
}

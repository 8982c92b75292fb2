import { recordEvent } from '#lib/audit/record-event.ts';
import type { AdminActor } from '#lib/core/actor.ts';
import { writeJalali } from '#lib/core/dates.ts';
import { type Result, succeed } from '#lib/core/result.ts';
import { writeCsv } from '#lib/core/table/csv.ts';
import type { Cell, ExportFormat, ExportTable } from '#lib/core/table/table.ts';
import { db } from '#lib/db/client.ts';
import { transact } from '#lib/db/transact.ts';
import { writeXlsx } from '../export/xlsx.ts';
import { type BookFilter, type BookRow, type InvoiceRow, listBook, listInvoices } from './store.ts';

const batch = 1000;

/** The columns of payments: their meaning is in `docs/operations.md`. */
const paymentColumns = [
  'invoice',
  'corrections',
  'paid_on_jalali',
  'paid_at',
  'status',
  'buyer_kind',
  'plan',
  'kind',
  'gateway',
  'price_rials',
  'credit_rials',
  'discount_rials',
  'paid_rials',
  'vat_percent',
  'vat_rials',
  'gateway_fee_rials',
  'refund_rials',
  'refunded_on_jalali',
  'authority',
  'ref_number',
  'card',
  'card_hash',
  'payment_id',
] as const;

const paymentCells = (row: BookRow): Cell[] => [
  row.invoice,
  row.corrections.join(' ') || null,
  row.paidAt && writeJalali(row.paidAt),
  row.paidAt?.toISOString() ?? null,
  row.status,
  row.ownerKind,
  row.planName,
  row.kind,
  row.gateway,
  row.priceRials,
  row.creditRials,
  row.discountRials,
  row.amountRials,
  row.vatRate / 100,
  row.vatRials,
  row.feeRials,
  row.refundRials,
  row.refundedAt && writeJalali(row.refundedAt),
  row.authority,
  row.refNumber,
  row.cardNumber,
  row.cardHash,
  row.id,
];

/** What the tax office's system asks of each invoice; its subject is 1 for a sale and 4 for what went back. */
const invoiceColumns = [
  'invoice',
  'subject',
  'reference_invoice',
  'issued_on_jalali',
  'issued_at',
  'seller_name',
  'seller_economic_code',
  'seller_national_code',
  'seller_postal_code',
  'buyer_type',
  'buyer_name',
  'buyer_national_code',
  'buyer_economic_code',
  'buyer_postal_code',
  'goods',
  'before_vat_rials',
  'vat_percent',
  'vat_rials',
  'total_rials',
  'settlement',
  'ref_number',
] as const;

/** 1 a person, 2 a company, 5 somebody who did not ask for an invoice in their name. */
function buyerType({ nationalCode }: InvoiceRow['buyer']): number {
  if (!nationalCode) return 5;
  return nationalCode.length === 11 ? 2 : 1;
}

const invoiceCells = (row: InvoiceRow): Cell[] => [
  row.number,
  row.kind === 'sale' ? 1 : 4,
  row.corrects,
  writeJalali(row.issuedAt),
  row.issuedAt.toISOString(),
  row.seller.name ?? null,
  row.seller.economicCode ?? null,
  row.seller.nationalCode ?? null,
  row.seller.postalCode ?? null,
  buyerType(row.buyer),
  row.buyer.name ?? null,
  row.buyer.nationalCode ?? null,
  row.buyer.economicCode ?? null,
  row.buyer.postalCode ?? null,
  row.goods,
  row.amountRials - row.vatRials,
  row.vatRate / 100,
  row.vatRials,
  row.amountRials,
  'cash',
  row.refNumber,
];

async function* paymentRows(filter: BookFilter): AsyncGenerator<Cell[]> {
  let after: readonly [string, string] | null = null;
  for (;;) {
    const rows: BookRow[] = await listBook(db(), filter, after, batch);
    yield* rows.map(paymentCells);
    const last = rows.at(-1);
    if (!last || rows.length < batch) return;
    after = [last.at, last.id];
  }
}

async function* invoiceRows(filter: BookFilter): AsyncGenerator<Cell[]> {
  let after: bigint | null = null;
  for (;;) {
    const rows: InvoiceRow[] = await listInvoices(db(), filter.month, after, batch);
    yield* rows.map(invoiceCells);
    const last = rows.at(-1);
    if (!last || rows.length < batch) return;
    after = last.number;
  }
}

export const bookParts = ['payments', 'invoices'] as const;
export type BookPart = (typeof bookParts)[number];

/**
 * The payments of a month by its filter, or all invoices issued in it, as a file, read as somebody takes it. That it was
 * taken along is written down first.
 */
export async function exportBooks(
  actor: AdminActor,
  filter: BookFilter,
  { part, format, locale }: { part: BookPart; format: ExportFormat; locale: 'fa' | 'en' },
): Promise<Result<ReadableStream<Uint8Array>>> {
  const noted = await transact(async (tx) => {
    const { month, state, gateway, plan } = filter;
    await recordEvent(tx, actor, 'books.export', {
      metadata: { part, format, month: month.name, state, gateway, plan },
    });
    return succeed(null);
  });
  if (!noted.ok) return noted;
  const table: ExportTable =
    part === 'payments'
      ? { columns: paymentColumns, rows: paymentRows(filter) }
      : { columns: invoiceColumns, rows: invoiceRows(filter) };
  const name = `${part} ${filter.month.name}`;
  return succeed(
    format === 'csv' ? writeCsv(table) : writeXlsx(table, { name, isRightToLeft: locale === 'fa' }),
  );
}

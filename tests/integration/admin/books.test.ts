import { execFileSync } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type BookPart, exportBooks } from '#lib/admin/books/export-books.ts';
import { readBookFilter } from '#lib/admin/books/read-filter.ts';
import { setTerms } from '#lib/admin/books/set-terms.ts';
import { listBook, sumBook } from '#lib/admin/books/store.ts';
import { latestMonths, writeJalali } from '#lib/core/dates.ts';
import type { ExportFormat } from '#lib/core/table/table.ts';
import { db } from '#lib/db/client.ts';
import { findPayment } from '#lib/payments/find-payment.ts';
import { setBuyer } from '#lib/payments/invoice/set-buyer.ts';
import { receiptRows } from '#lib/payments/receipt/rows.ts';
import { refundPayment } from '#lib/payments/refund/refund-payment.ts';
import { newAdmin, toldOf } from '#tests/support/admin.ts';
import { must } from '#tests/support/conversions.ts';
import { expectInvariants } from '#tests/support/invariants.ts';
import { buyPlan, newBuyer, useShop } from '#tests/support/payments.ts';

const shop = useShop();
const seller = {
  name: 'فروشنده',
  nationalCode: '10380284790',
  economicCode: null,
  postalCode: null,
  address: null,
};

async function bytesOf(part: BookPart, format: ExportFormat): Promise<Buffer> {
  const stream = must(
    await exportBooks(await newAdmin(), readBookFilter({}), { part, format, locale: 'fa' }),
  );
  return Buffer.from(await new Response(stream).arrayBuffer());
}

const table = async (part: BookPart) => {
  const [head = '', ...lines] = (await bytesOf(part, 'csv'))
    .toString()
    .replace('\uFEFF', '')
    .trim()
    .split('\r\n');
  const names = head.split(',');
  return lines.map((line) => Object.fromEntries(line.split(',').map((cell, at) => [names[at] ?? '', cell])));
};

describe('the books of a month', () => {
  test('hold what was paid, what the gateway kept, the VAT and what went back, and agree with their files', async () => {
    const admin = await newAdmin();
    must(await setTerms(admin, { startsAt: null, vatRate: 1000, seller }));
    const [first, second, vendor] = [await newBuyer(), await newBuyer(), await newBuyer('vendor')];
    must(
      await setBuyer(first, {
        name: 'خریدار',
        nationalCode: '0013542419',
        economicCode: null,
        postalCode: '1234567890',
      }),
    );
    expect(
      await setBuyer(first, { name: 'x', nationalCode: '0013542418', economicCode: null, postalCode: null }),
    ).toMatchObject({
      fields: { nationalCode: 'billing.invoice.codeWrong' },
    });
    const paid = await buyPlan(shop(), first, 'basic');
    const given = await buyPlan(shop(), second, 'advanced');
    await buyPlan(shop(), vendor, 'vendor_pro');
    must(await refundPayment(admin, { paymentId: given, reason: 'asked' }, shop().gateways));
    const filter = readBookFilter({});
    expect(await sumBook(db(), filter)).toMatchObject({
      count: 3,
      amountRials: 300_000n,
      vatRials: 4545n + 13_636n + 9091n,
      feeRials: 3600n,
      withoutFee: 0,
      refundCount: 1,
      refundRials: 150_000n,
    });
    expect(await sumBook(db(), { ...filter, plan: 'basic' })).toMatchObject({ count: 1, refundCount: 0 });
    expect(await listBook(db(), { ...filter, state: 'refunded' }, null, 10)).toMatchObject([{ id: given }]);
    const [, before] = latestMonths(new Date(), 2);
    expect(await sumBook(db(), { ...filter, month: before ?? filter.month })).toMatchObject({ count: 0 });

    const payments = await table('payments');
    expect(payments).toHaveLength(3);
    expect(payments.find((row) => row.payment_id === paid)).toMatchObject({
      paid_on_jalali: writeJalali(new Date()),
      paid_rials: '50000',
      vat_percent: '10',
      vat_rials: '4545',
      gateway_fee_rials: '1200',
      card: '999999******9999',
      card_hash: expect.stringMatching(/^[0-9A-F]{64}$/),
    });
    const invoices = await table('invoices');
    expect(invoices.map(({ subject }) => subject)).toEqual(['1', '1', '1', '4']);
    expect(invoices[0]).toMatchObject({
      seller_national_code: seller.nationalCode,
      buyer_type: '1',
      buyer_national_code: '0013542419',
      before_vat_rials: '45455',
      total_rials: '50000',
    });
    expect(invoices[1]).toMatchObject({ buyer_type: '5' });
    expect(invoices[3]).toMatchObject({ reference_invoice: invoices[1]?.invoice, total_rials: '150000' });
    expect((await toldOf(shop().database, admin)).map(({ action }) => action)).toContain('books.terms');

    const rows = receiptRows(must(await findPayment(first, paid)), 'en');
    const value = (name: string) => rows.find((row) => row.name === name)?.value;
    expect(value('invoice')).toBe(invoices[0]?.invoice);
    expect(value('vat')).toBe('455 Toman of this, at 10%');
    expect([value('seller'), value('buyer')]).toEqual(['فروشنده · 10380284790', 'خریدار · 0013542419']);
    await expectInvariants(shop().database);
  });

  test('are a workbook that a ZIP reader opens, with numbers as numbers and texts as they are', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'books-'));
    try {
      await writeFile(join(folder, 'books.xlsx'), await bytesOf('payments', 'xlsx'));
      execFileSync(process.execPath, ['-e', unzip, join(folder, 'books.xlsx'), folder]);
      const sheet = await readFile(join(folder, 'sheet1.xml'), 'utf8');
      expect(sheet).toMatch(/^<\?xml [^>]+\?>\n<worksheet .*<\/worksheet>$/s);
      expect(sheet.match(/<row>/g)).toHaveLength(4);
      expect(sheet).toContain('<v>50000</v>');
      expect(sheet).toContain('>basic</t>');
      expect(sheet).toContain('rightToLeft="1"');
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});

/** A reader of its own: the local headers of a ZIP, one after the other, stored or deflated. */
const unzip = `
  const { readFileSync, writeFileSync } = require('node:fs');
  const bytes = readFileSync(process.argv[1]);
  const end = bytes.lastIndexOf(Buffer.from('PK\x05\x06'));
  let at = bytes.readUInt32LE(end + 16);
  for (let left = bytes.readUInt16LE(end + 10); left > 0; left -= 1) {
    const [size, name, extra, comment] = [bytes.readUInt32LE(at + 20), bytes.readUInt16LE(at + 28), bytes.readUInt16LE(at + 30), bytes.readUInt16LE(at + 32)];
    const local = bytes.readUInt32LE(at + 42);
    const path = bytes.toString('utf8', at + 46, at + 46 + name);
    const from = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28);
    const data = bytes.subarray(from, from + size);
    const method = bytes.readUInt16LE(at + 10);
    if (path.endsWith('sheet1.xml')) writeFileSync(process.argv[2] + '/sheet1.xml', method === 0 ? data : require('node:zlib').inflateRawSync(data));
    at += 46 + name + extra + comment;
  }`;

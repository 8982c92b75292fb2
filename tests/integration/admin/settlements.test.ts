import { expect, test } from 'vitest';
import { importReport } from '#lib/admin/settlement/import-report.ts';
import { listDeposits, listOddLines, listReports, listUnsettled } from '#lib/admin/settlement/store.ts';
import { db } from '#lib/db/client.ts';
import { refundPayment } from '#lib/payments/refund/refund-payment.ts';
import { newAdmin } from '#tests/support/admin.ts';
import { must } from '#tests/support/conversions.ts';
import { buyPlan, newBuyer, useShop } from '#tests/support/payments.ts';

const shop = useShop();

const keysOf = async (id: string) => {
  const [row] = await shop().database.query<{ authority: string; ref: string }>(
    'SELECT gateway_track_id AS authority, gateway_ref_number AS ref FROM payments WHERE id = $1',
    [id],
  );
  return row ?? { authority: '', ref: '' };
};

test('each line stands beside its payment or refund, and what does not match is listed, on either side', async () => {
  const admin = await newAdmin();
  const ids: string[] = [];
  for (let n = 0; n < 5; n += 1) ids.push(await buyPlan(shop(), await newBuyer(), 'basic'));
  const [right, dearer, given, missing, last] = await Promise.all(ids.map(keysOf));
  must(await refundPayment(admin, { paymentId: ids[2] ?? '', reason: 'asked' }, shop().gateways));
  await shop().database.unguarded('UPDATE payments SET gateway_fee = NULL WHERE id = $1', [ids[0]]);
  const text = [
    'شماره تسویه;تاریخ;شماره پیگیری;مبلغ (تومان);کارمزد (تومان);نوع',
    `7001;۱۴۰۵/۰۹/۰۹;${right?.ref};۵٬۰۰۰;۱۲۰;پرداخت`,
    `7001;1405/09/09;${dearer?.ref};6000;120;پرداخت`,
    `7001;1405/09/09;${given?.ref};5000;120;پرداخت`,
    `7002;1405/09/09;${given?.ref};5000;;استرداد`,
    `7002;1405/09/09;${right?.ref};5000;;استرداد`,
    `7002;1405/09/09;99999999999;5000;120;پرداخت`,
    `7002;1405/09/09;${last?.ref};5000;120;پرداخت`,
  ].join('\r\n');
  expect(must(await importReport(admin, { gateway: 'zarinpal', name: 'azar.csv', text }))).toEqual({
    lines: 7,
  });
  const [report] = await listReports(db(), null, null, 5);
  expect(report).toMatchObject({ name: 'azar.csv', lines: 7, deposits: 2, unmatched: 3 });
  const odd = await listOddLines(db(), report?.id ?? '', 20);
  expect(odd.map(({ line, state, paymentId }) => ({ line, state, paymentId }))).toEqual([
    { line: 3, state: 'amount', paymentId: ids[1] },
    { line: 6, state: 'notRefunded', paymentId: ids[0] },
    { line: 7, state: 'unknown', paymentId: null },
  ]);
  expect(await listUnsettled(db(), report?.id ?? '', 20)).toMatchObject([
    { id: ids[3], refNumber: missing?.ref },
  ]);
  expect(await listDeposits(db(), report?.id ?? '', 20)).toMatchObject([
    { deposit: '7001', lines: 3, unmatched: 1, netRials: 156_400n },
    { deposit: '7002', lines: 4, unmatched: 2, netRials: -2_400n },
  ]);
  // A fee that was not said when the payment was settled is known now.
  expect(
    await shop().database.query('SELECT gateway_fee AS fee FROM payments WHERE id = $1', [ids[0]]),
  ).toEqual([{ fee: '1200' }]);
  expect(await importReport(admin, { gateway: 'zarinpal', name: 'again.csv', text })).toMatchObject({
    fields: { text: 'admin.settlements.known' },
  });
  // The same payment in another report is no second deposit.
  must(
    await importReport(admin, {
      gateway: 'zarinpal',
      name: 'more.csv',
      text: `authority,amount\n${last?.authority},50000\n`,
    }),
  );
  expect((await listReports(db(), null, null, 1))[0]).toMatchObject({ lines: 1, unmatched: 0 });
});

test.each<[string, string, number?]>([
  ['', 'noColumns'],
  ['a,b\n1,2', 'noColumns'],
  ['amount,ref_id', 'noLines'],
  ['amount,ref_id\n50000,1\nabc,2', 'lineWrong', 3],
  ['amount,ref_id\n50000,', 'lineWrong', 2],
  ['amount,ref_id\n0,5', 'lineWrong', 2],
  ['amount,ref_id,fee\n5,5,x', 'lineWrong', 2],
  [`amount,ref_id\n${'1,1\n'.repeat(5001)}`, 'tooLong'],
])('a file that cannot be read is refused whole: %#', async (text, message, line) => {
  const before = await shop().database.query('SELECT count(*) FROM settlement_reports');
  expect(await importReport(await newAdmin(), { gateway: 'zarinpal', name: 'x.csv', text })).toMatchObject({
    ok: false,
    fields: { text: `admin.settlements.${message}` },
    // Of thousands of lines it says which one.
    values: line === undefined ? {} : { line },
  });
  expect(await shop().database.query('SELECT count(*) FROM settlement_reports')).toEqual(before);
});

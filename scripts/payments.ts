import { openDatabase } from './steps/database.ts';
import { Notice, runScript } from './steps/progress.ts';

const usage = `Usage: npm run payments -- list                              what a person must look at
       npm run payments -- reconcile                         ask the gateway about everything that is due
       npm run payments -- check PAYMENT                     ask the gateway about one payment
       npm run payments -- refund PAYMENT "REASON"           give back what is left of a payment and end its month
       npm run payments -- refund PAYMENT "REASON" RIALS ends|stays   give a part back; what it bought ends, or stays
       npm run payments -- transfer REFUND REFERENCE         record that a refund was sent by hand
       npm run payments -- dismiss PAYMENT CONCERN "NOTE"    take one reason off a payment, as the list names it
       npm run payments -- dismiss AUTHORITY "NOTE"          take money that is nobody's off the list`;

type Outcome = { ok: true; value: unknown } | { ok: false; code: string; detail: string };

const show = (value: unknown) =>
  JSON.stringify(value, (_, one) => (typeof one === 'bigint' ? Number(one) : one), 2) ?? 'done';

/** The whole list: a person who looks at it must not miss its second page. */
async function listAll(): Promise<Outcome> {
  const { listAttention } = await import('#lib/payments/attention/list-attention.ts');
  const first = await listAttention();
  const payments = [...first.payments];
  for (let { next } = first; next; ) {
    const page = await listAttention(next);
    payments.push(...page.payments);
    next = page.next;
  }
  return { ok: true, value: { payments, strays: first.strays } };
}

async function dismiss([which = '', ...words]: readonly string[]): Promise<Outcome> {
  const { system } = await import('#lib/core/actor.ts');
  const { dismissAttention, dismissStray } = await import('#lib/payments/attention/attend-payment.ts');
  const [one = '', other = ''] = words;
  if (/^[AS][0-9A-Za-z]{35}$/.test(which) && one)
    return dismissStray(system, { authority: which, note: one });
  if (!isPayment(which) || !one || !other) throw new Notice(usage);
  return dismissAttention(system, { paymentId: which, concern: one, note: other });
}

const isPayment = (text: string) => /^[0-9a-f-]{36}$/.test(text);

/** What `RIALS ends` says; undefined when nothing was said. */
async function partOf(paymentId: string, [rials, end]: readonly string[]) {
  if (rials === undefined) return undefined;
  if (!/^\d{1,15}$/.test(rials) || (end !== 'ends' && end !== 'stays')) throw new Notice(usage);
  const { db } = await import('#lib/db/client.ts');
  const { listRefunds } = await import('#lib/payments/refund/store.ts');
  const before = await listRefunds(db(), paymentId);
  const seenRials = before.reduce((sum, { amountRials }) => sum + amountRials, 0n);
  return { amountRials: BigInt(rials), endsPurchase: end === 'ends', seenRials };
}

async function run([verb, ...words]: readonly string[]): Promise<Outcome> {
  const { system } = await import('#lib/core/actor.ts');
  if (verb === 'list') return listAll();
  if (verb === 'dismiss') return dismiss(words);
  if (verb === 'reconcile') {
    const { reconcilePayments } = await import('#lib/payments/check/reconcile-payments.ts');
    return { ok: true, value: await reconcilePayments() };
  }
  const [paymentId = '', text = ''] = words;
  if (!isPayment(paymentId)) throw new Notice(usage);
  if (verb === 'check') {
    const { recheckPayment } = await import('#lib/payments/attention/attend-payment.ts');
    return recheckPayment(system, paymentId);
  }
  if (verb === 'refund' && text) {
    const { refundPayment } = await import('#lib/payments/refund/refund-payment.ts');
    return refundPayment(system, { paymentId, reason: text, part: await partOf(paymentId, words.slice(2)) });
  }
  if (verb === 'transfer' && text) {
    const { recordTransfer } = await import('#lib/payments/refund/record-transfer.ts');
    return recordTransfer(system, { refundId: paymentId, reference: text });
  }
  throw new Notice(usage);
}

/** What an operator does with payments, where there is no console at hand. */
await runScript(async () => {
  if (process.argv.length < 3) throw new Notice(usage);
  const database = await openDatabase();
  const { disconnectDb } = await import('#lib/db/client.ts');
  const { closeSender } = await import('#lib/jobs/enqueue.ts');
  try {
    const outcome = await run(process.argv.slice(2));
    if (!outcome.ok) throw new Notice(`Nothing was changed: ${outcome.code} (${outcome.detail}).`);
    process.stdout.write(`${show(outcome.value)}\n`);
    return 0;
  } finally {
    await closeSender();
    await disconnectDb();
    await database.stop();
  }
});

import { openDatabase } from './steps/database.ts';
import { Notice, runScript } from './steps/progress.ts';

const usage = `Usage: npm run payments -- list                          what a person must look at
       npm run payments -- reconcile                     ask the gateway about everything that is due
       npm run payments -- check PAYMENT                 ask the gateway about one payment
       npm run payments -- refund PAYMENT "REASON"       give a payment back and end its month
       npm run payments -- transfer PAYMENT REFERENCE    record that a refund was sent by hand
       npm run payments -- dismiss PAYMENT "NOTE"        take a payment off the list`;

type Outcome = { ok: true; value: unknown } | { ok: false; code: string; detail: string };

const show = (value: unknown) =>
  JSON.stringify(value, (_, one) => (typeof one === 'bigint' ? Number(one) : one), 2) ?? 'done';

async function run([verb, paymentId = '', text = '']: readonly string[]): Promise<Outcome> {
  const { system } = await import('#lib/core/actor.ts');
  if (verb === 'list') {
    const { listAttention } = await import('#lib/payments/attention/list-attention.ts');
    return { ok: true, value: await listAttention() };
  }
  if (verb === 'reconcile') {
    const { reconcilePayments } = await import('#lib/payments/check/reconcile-payments.ts');
    return { ok: true, value: await reconcilePayments() };
  }
  const needsText = verb === 'refund' || verb === 'transfer' || verb === 'dismiss';
  if (!/^[0-9a-f-]{36}$/.test(paymentId) || (needsText && text === '')) throw new Notice(usage);
  if (verb === 'check' || verb === 'dismiss') {
    const { dismissAttention, recheckPayment } = await import('#lib/payments/attention/attend-payment.ts');
    return verb === 'check'
      ? recheckPayment(system, paymentId)
      : dismissAttention(system, { paymentId, note: text });
  }
  if (verb === 'refund') {
    const { refundPayment } = await import('#lib/payments/refund/refund-payment.ts');
    return refundPayment(system, { paymentId, reason: text });
  }
  if (verb === 'transfer') {
    const { recordTransfer } = await import('#lib/payments/refund/record-transfer.ts');
    return recordTransfer(system, { paymentId, reference: text });
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

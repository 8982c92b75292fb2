import { beforeEach, describe, expect, test } from 'vitest';
import type { AccountActor } from '#lib/core/actor.ts';
import { accountOf } from '#lib/core/actor.ts';
import { refundPayment } from '#lib/payments/refund/refund-payment.ts';
import { remindOfEnds, sweepReminders } from '#lib/payments/reminder/remind-of-ends.ts';
import { sendReminder } from '#lib/payments/reminder/send-reminder.ts';
import { setReminders } from '#lib/payments/reminder/set-reminders.ts';
import { handleSmsSend } from '#lib/worker/handlers/sms.ts';
import { daysGoBy } from '#tests/sql/rows.ts';
import { must, newActor } from '#tests/support/conversions.ts';
import { buyPlan, newBuyer, noticesOf, useShop } from '#tests/support/payments.ts';

const shop = useShop();

/** Moves the end of the month an account is in to so many hours from now. */
async function endIn(buyer: AccountActor, hours: number): Promise<void> {
  await shop().database.unguarded(
    `UPDATE subscription_periods SET ends_at = now() + make_interval(hours => $2), starts_at = now() - interval '20 days',
       anchor_at = now() - interval '20 days' WHERE coalesce(user_id, vendor_id) = $1 AND payment_id IS NOT NULL`,
    [accountOf(buyer).accountId, hours],
  );
}

const remindersOf = (buyer: AccountActor) =>
  shop().database.query<{ id: string; days: number }>(
    'SELECT id, days_before AS days FROM plan_reminders WHERE coalesce(user_id, vendor_id) = $1 ORDER BY created_at',
    [accountOf(buyer).accountId],
  );
const told = async (buyer: AccountActor) =>
  (await noticesOf(shop(), buyer)).filter((kind) => kind.startsWith('plan.'));

beforeEach(async () => {
  await remindOfEnds();
});

describe('somebody whose plan ends', () => {
  test('is told seven, three and one days before and at the end, each once', async () => {
    const buyer = await newBuyer();
    await buyPlan(shop(), buyer, 'basic');
    await remindOfEnds();
    expect(await told(buyer)).toEqual([]);
    const notices: string[] = [];
    // The end stays the same moment, only we come nearer to it.
    await endIn(buyer, 7 * 24 - 1);
    for (const [days, kind] of [
      [0, 'plan.ending'],
      [4, 'plan.ending'],
      [2, 'plan.ending'],
      [1, 'plan.end'],
    ] as const) {
      await shop().database.query(daysGoBy(days, accountOf(buyer).accountId));
      await shop().database.query(
        `UPDATE plan_reminders r SET ends_at = p.ends_at FROM subscription_periods p WHERE p.id = r.period_id`,
      );
      await remindOfEnds();
      await remindOfEnds();
      notices.push(kind);
      expect(await told(buyer)).toEqual(notices);
    }
    expect((await remindersOf(buyer)).map(({ days }) => days)).toEqual([7, 3, 1, 0]);
  });

  test('is told once however many workers run', async () => {
    const buyers = await Promise.all(Array.from({ length: 5 }, () => newBuyer()));
    for (const buyer of buyers) {
      await buyPlan(shop(), buyer, 'basic');
      await endIn(buyer, 20);
    }
    await Promise.all([remindOfEnds(), remindOfEnds(), remindOfEnds()]);
    for (const buyer of buyers) expect(await told(buyer)).toEqual(['plan.ending']);
  });

  test('gets one message for one reminder, with the plan, the days and where to renew', async () => {
    const buyer = await newBuyer('vendor');
    await buyPlan(shop(), buyer, 'vendor_pro');
    await endIn(buyer, 60);
    await remindOfEnds();
    const [reminder] = await remindersOf(buyer);
    const jobs = await shop().database.query<{ data: object }>(
      "SELECT data FROM pgboss.job WHERE name = 'sms.send' AND data->>'messageId' = $1",
      [reminder?.id],
    );
    expect(jobs).toEqual([{ data: { messageId: reminder?.id, about: 'planEnd' } }]);
    for (let run = 0; run < 2; run += 1) {
      await handleSmsSend([{ data: jobs[0]?.data } as Parameters<typeof handleSmsSend>[0][number]]);
    }
    const sent = await shop().database.query<{ text: string }>(
      'SELECT text FROM outbox_messages WHERE id = $1',
      [reminder?.id],
    );
    expect(sent).toHaveLength(1);
    expect(sent[0]?.text).toContain('حرفه‌ای کسب‌وکار');
    expect(sent[0]?.text).toContain('۳ روز');
    expect(sent[0]?.text).toContain('http://localhost:3000/vendor/billing');
  });

  test('is not told when it does not want to be, not even by a message that was on its way', async () => {
    const buyer = await newBuyer();
    await buyPlan(shop(), buyer, 'basic');
    await endIn(buyer, 60);
    await remindOfEnds();
    const [reminder] = await remindersOf(buyer);
    must(await setReminders(buyer, false));
    must(await sendReminder(reminder?.id ?? ''));
    expect(
      await shop().database.query('SELECT 1 FROM outbox_messages WHERE id = $1', [reminder?.id]),
    ).toEqual([]);
    await endIn(buyer, 10);
    await remindOfEnds();
    expect(await told(buyer)).toHaveLength(1);
    must(await setReminders(buyer, true));
    await remindOfEnds();
    expect(await told(buyer)).toHaveLength(2);
  });

  test('is not told while another month follows, nor after a refund', async () => {
    const [renewed, refunded] = [await newBuyer(), await newBuyer()];
    await buyPlan(shop(), renewed, 'basic');
    await buyPlan(shop(), renewed, 'basic');
    await shop().database.query(daysGoBy(27, accountOf(renewed).accountId));
    const payment = await buyPlan(shop(), refunded, 'basic');
    must(await refundPayment(await newActor(), { paymentId: payment, reason: 'x' }, shop().gateways));
    await remindOfEnds();
    expect(await told(renewed)).toEqual([]);
    expect(await told(refunded)).toEqual([]);
  });

  test('is reminded by rows that go two months after the end', async () => {
    const [old, recent] = [await newBuyer(), await newBuyer()];
    for (const buyer of [old, recent]) {
      await buyPlan(shop(), buyer, 'basic');
      await endIn(buyer, 20);
    }
    await remindOfEnds();
    await shop().database.query(
      `UPDATE plan_reminders SET ends_at = now() - interval '61 days' WHERE coalesce(user_id, vendor_id) = $1`,
      [accountOf(old).accountId],
    );
    expect(await sweepReminders()).toBe(1);
    expect(await remindersOf(old)).toEqual([]);
    expect(await remindersOf(recent)).toHaveLength(1);
  });

  test('keeps everything afterwards, and old ends are not brought up', async () => {
    const buyer = await newBuyer();
    await buyPlan(shop(), buyer, 'basic');
    await endIn(buyer, -30);
    await remindOfEnds();
    expect(await told(buyer)).toEqual([]);
    const rows = await shop().database.query(
      'SELECT count(*)::int AS n FROM subscription_periods WHERE user_id = $1',
      [accountOf(buyer).accountId],
    );
    expect(rows).toEqual([{ n: 1 }]);
  });
});

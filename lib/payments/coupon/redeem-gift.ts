import { recordEvent } from '#lib/audit/record-event.ts';
import { type AccountActor, accountOf } from '#lib/core/actor.ts';
import { type Result, succeed } from '#lib/core/result.ts';
import { transact } from '#lib/db/transact.ts';
import { redeemGift as redeem } from './store.ts';

/**
 * Adds what a gift code holds to what the account has: conversions of a person, images of a vendor. Fails with
 * `coupon.unknown`, `coupon.unfit`, `coupon.over` or `coupon.mine`, and then nothing was used.
 */
export async function redeemGift(actor: AccountActor, code: string): Promise<Result<{ given: number }>> {
  return transact(async (tx) => {
    const given = await redeem(tx, accountOf(actor), code);
    await recordEvent(tx, actor, 'coupon.redeem', { metadata: { given } });
    return succeed({ given });
  });
}

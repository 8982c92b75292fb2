'use server';

import { adminAction } from '#lib/auth/door/door.ts';
import { type Result, succeed } from '#lib/core/result.ts';
import { recordTransfer } from '#lib/payments/refund/record-transfer.ts';
import { refundPayment as refund } from '#lib/payments/refund/refund-payment.ts';
import type { RefundRow } from '#lib/payments/refund/store.ts';
import { idInput } from '../input.ts';
import { actRoles } from '../policy.ts';
import { refundPartInput, transferInput } from './input.ts';

type Refunded = Pick<RefundRow, 'method' | 'state'>;

const toView = (refunded: Result<RefundRow>): Result<Refunded> =>
  refunded.ok ? succeed({ method: refunded.value.method, state: refunded.value.state }) : refunded;

/** Gives back all that is left of a payment and ends what it bought. */
export const refundPayment = adminAction({
  roles: actRoles.refund,
  input: idInput,
  handler: async ({ actor, input, newId }) =>
    toView(await refund(actor, { id: newId, paymentId: input.id, reason: actor.reason })),
});

/** Gives a part of a payment back. */
export const refundPart = adminAction({
  roles: actRoles.refundPart,
  input: refundPartInput,
  handler: async ({ actor, input, newId }) => {
    const part = {
      amountRials: BigInt(input.amountToman) * 10n,
      endsPurchase: input.ends,
      seenRials: BigInt(input.seenRials),
    };
    return toView(await refund(actor, { id: newId, paymentId: input.id, reason: actor.reason, part }));
  },
});

/** Writes down that the money of a refund was sent by hand. */
export const noteTransfer = adminAction({
  roles: actRoles.transfer,
  input: transferInput,
  handler: async ({ actor, input }) => {
    const noted = await recordTransfer(actor, { refundId: input.id, reference: input.reference });
    return noted.ok ? succeed(null) : noted;
  },
});

'use server';

import { userAction, vendorAction } from '#lib/auth/door/door.ts';
import { askAgain } from './check/ask-again.ts';
import { redeemGift } from './coupon/redeem-gift.ts';
import { buyerInput, giftInput, paymentIdInput, remindersInput, startPaymentInput } from './input.ts';
import { setBuyer } from './invoice/set-buyer.ts';
import { setReminders } from './reminder/set-reminders.ts';
import { startPayment } from './start-payment.ts';

/** Begins to buy a plan; the answer says where to pay. */
export const startUserPayment = userAction({
  input: startPaymentInput,
  limit: 'payment.create',
  handler: ({ actor, input }) => startPayment(actor, input),
});

export const startVendorPayment = vendorAction({
  input: startPaymentInput,
  limit: 'payment.create',
  handler: ({ actor, input }) => startPayment(actor, input),
});

/** Asks the gateway again about a payment of one's own. */
export const checkUserPayment = userAction({
  input: paymentIdInput,
  limit: 'payment.check',
  handler: ({ actor, input }) => askAgain(actor, input.id),
});

export const checkVendorPayment = vendorAction({
  input: paymentIdInput,
  limit: 'payment.check',
  handler: ({ actor, input }) => askAgain(actor, input.id),
});

/** Takes a gift code in. */
export const redeemUserGift = userAction({
  input: giftInput,
  limit: 'coupon.try',
  handler: ({ actor, input }) => redeemGift(actor, input.code),
});

export const redeemVendorGift = vendorAction({
  input: giftInput,
  limit: 'coupon.try',
  handler: ({ actor, input }) => redeemGift(actor, input.code),
});

/** Has invoices say who buys. */
export const setUserBuyer = userAction({
  input: buyerInput,
  limit: 'account.change',
  handler: ({ actor, input }) => setBuyer(actor, input),
});

export const setVendorBuyer = vendorAction({
  input: buyerInput,
  limit: 'account.change',
  handler: ({ actor, input }) => setBuyer(actor, input),
});

/** Whether one is told that a plan ends. */
export const setUserReminders = userAction({
  input: remindersInput,
  limit: 'account.change',
  handler: ({ actor, input }) => setReminders(actor, input.wanted),
});

export const setVendorReminders = vendorAction({
  input: remindersInput,
  limit: 'account.change',
  handler: ({ actor, input }) => setReminders(actor, input.wanted),
});

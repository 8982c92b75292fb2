'use server';

import { adminAction } from '#lib/auth/door/door.ts';
import { dismissAttention, dismissStray, recheckPayment } from '#lib/payments/attention/attend-payment.ts';
import { addNote } from './account/add-note.ts';
import { grantQuota as grant } from './account/grant-quota.ts';
import { endSessions, restoreAccount, suspendAccount } from './account/suspend-account.ts';
import { takeAvatar as takeAvatarOf } from './account/take-avatar.ts';
import { verifyVendor as verify } from './account/verify-vendor.ts';
import { rerunConversion as rerun } from './conversion/rerun-conversion.ts';
import { createCoupon as makeCoupon, retireCoupon as retire } from './coupon/create-coupon.ts';
import {
  accountInput,
  concernInput,
  couponInput,
  decideCaseInput,
  decideReportInput,
  dropPriceInput,
  grantInput,
  idInput,
  legalTextInput,
  legalVersionInput,
  newPlanInput,
  noteInput,
  nothingInput,
  numberInput,
  planInput,
  priceInput,
  strayInput,
  suspendInput,
  takeAvatarInput,
  takeDownInput,
  toPlanChange,
  verifyInput,
} from './input.ts';
import { publishText as publish, withdrawText as withdraw } from './legal/publish-text.ts';
import {
  agreeNumberChange,
  askNumberChange,
  finishNumberChange,
  withdrawNumberChange,
} from './number/change-number.ts';
import { reconcileNow } from './payment/reconcile-now.ts';
import { createPlan as create } from './plan/create-plan.ts';
import { dropPrice as dropPlanPrice, setPrice as setPlanPrice } from './plan/set-price.ts';
import { updatePlan as update } from './plan/update-plan.ts';
import { actRoles } from './policy.ts';
import { decideReport as decideReported, decideCase as decideWaiting } from './report/decide-report.ts';
import { putBackImage, takeDownImage } from './report/take-down-image.ts';

/** Takes an account out of use and ends its sessions. */
export const suspend = adminAction({
  roles: actRoles.suspend,
  input: suspendInput,
  handler: ({ actor, input }) => suspendAccount(actor, input),
});

export const restore = adminAction({
  roles: actRoles.restore,
  input: accountInput,
  handler: ({ actor, input }) => restoreAccount(actor, input),
});

export const endAllSessions = adminAction({
  roles: actRoles.endSessions,
  input: accountInput,
  handler: ({ actor, input }) => endSessions(actor, input),
});

/** Writes something down about an account. */
export const writeNote = adminAction({
  roles: actRoles.note,
  input: noteInput,
  handler: ({ actor, input, newId }) => addNote(actor, input, newId),
});

/** Asks for another number of an owner who lost theirs; another administrator has to agree. */
export const askNumber = adminAction({
  roles: actRoles.askNumber,
  input: numberInput,
  handler: ({ actor, input }) => askNumberChange(actor, input),
});

export const agreeNumber = adminAction({
  roles: actRoles.agreeNumber,
  input: accountInput,
  handler: ({ actor, input }) => agreeNumberChange(actor, input),
});

export const withdrawNumber = adminAction({
  roles: actRoles.withdrawNumber,
  input: accountInput,
  handler: ({ actor, input }) => withdrawNumberChange(actor, input),
});

/** Changes the number, once it has waited. */
export const finishNumber = adminAction({
  roles: actRoles.finishNumber,
  input: accountInput,
  handler: ({ actor, input }) => finishNumberChange(actor, input),
});

/** Gives or takes the business badge. */
export const verifyVendor = adminAction({
  roles: actRoles.verify,
  input: verifyInput,
  handler: ({ actor, input }) => verify(actor, input),
});

export const grantQuota = adminAction({
  roles: actRoles.grant,
  input: grantInput,
  handler: ({ actor, input, newId }) => grant(actor, input, newId),
});

/** Changes a plan for purchases from now on. */
export const updatePlan = adminAction({
  roles: actRoles.plan,
  input: planInput,
  handler: ({ actor, input }) => {
    const { id, before, ...typed } = input;
    return update(actor, { id, before, change: toPlanChange(typed) });
  },
});

/** Makes a plan for a month, or a pack. */
export const createPlan = adminAction({
  roles: actRoles.createPlan,
  input: newPlanInput,
  handler: ({ actor, input }) => {
    const { name, audience, term, ...typed } = input;
    return create(actor, { ...toPlanChange(typed), name, audience, term });
  },
});

/** Has a plan cost something else from a day to come. */
export const setPrice = adminAction({
  roles: actRoles.setPrice,
  input: priceInput,
  handler: ({ actor, input }) =>
    setPlanPrice(actor, {
      id: input.id,
      startsAt: input.startsOn,
      priceRials: BigInt(input.priceToman) * 10n,
    }),
});

export const dropPrice = adminAction({
  roles: actRoles.dropPrice,
  input: dropPriceInput,
  handler: ({ actor, input }) => dropPlanPrice(actor, { id: input.id, startsAt: new Date(input.startsAt) }),
});

/** Makes a code that takes something off, or gives something. */
export const createCoupon = adminAction({
  roles: actRoles.createCoupon,
  input: couponInput,
  handler: ({ actor, input }) => {
    const { startsOn, endsOn, value, ...coupon } = input;
    // An amount is typed in Toman, as it is shown.
    const kept = BigInt(value) * (coupon.kind === 'amount' ? 10n : 1n);
    return makeCoupon(actor, { ...coupon, value: kept, startsAt: startsOn, endsAt: endsOn });
  },
});

export const retireCoupon = adminAction({
  roles: actRoles.retireCoupon,
  input: idInput,
  handler: ({ actor, input }) => retire(actor, input.id),
});

export const publishText = adminAction({
  roles: actRoles.publishText,
  input: legalTextInput,
  handler: ({ actor, input: { startsOn, ...text } }) => publish(actor, { ...text, startsAt: startsOn }),
});

export const withdrawText = adminAction({
  roles: actRoles.withdrawText,
  input: legalVersionInput,
  handler: ({ actor, input }) => withdraw(actor, input),
});

/** Has the gateway asked about one payment now. */
export const checkPayment = adminAction({
  roles: actRoles.check,
  input: idInput,
  handler: ({ actor, input }) => recheckPayment(actor, input.id),
});

/** Takes one reason to look at a payment off it. */
export const attendPayment = adminAction({
  roles: actRoles.attend,
  input: concernInput,
  handler: ({ actor, input }) =>
    dismissAttention(actor, { paymentId: input.id, concern: input.concern, note: actor.reason }),
});

/** Takes money at the gateway that is nobody's off the list. */
export const attendStray = adminAction({
  roles: actRoles.stray,
  input: strayInput,
  handler: ({ actor, input }) => dismissStray(actor, { authority: input.authority, note: actor.reason }),
});

/** Brings all payments into line with the gateway now. */
export const reconcile = adminAction({
  roles: actRoles.reconcile,
  input: nothingInput,
  handler: ({ actor }) => reconcileNow(actor),
});

export const rerunConversion = adminAction({
  roles: actRoles.rerun,
  input: idInput,
  handler: ({ actor, input }) => rerun(actor, input),
});

export const decideReport = adminAction({
  roles: actRoles.remove,
  input: decideReportInput,
  handler: ({ actor, input }) => decideReported(actor, input),
});

/** Accepts or refuses an image that the local check was not sure of. */
export const decideCase = adminAction({
  roles: actRoles.refuse,
  input: decideCaseInput,
  handler: ({ actor, input }) => decideWaiting(actor, input),
});

/** Takes an image of a vendor from everybody's eyes. */
export const takeDown = adminAction({
  roles: actRoles.takeDown,
  input: takeDownInput,
  handler: ({ actor, input }) => takeDownImage(actor, input),
});

/** Takes the take-down of an image back. */
export const putBack = adminAction({
  roles: actRoles.putBack,
  input: idInput,
  handler: ({ actor, input }) => putBackImage(actor, input),
});

/** Takes the image of an account down. */
export const takeAvatar = adminAction({
  roles: actRoles.takeAvatar,
  input: takeAvatarInput,
  handler: ({ actor, input }) => takeAvatarOf(actor, input),
});

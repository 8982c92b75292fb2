import { cache } from 'react';
import { z } from 'zod';
import { currentUser, currentVendor, requireUser, requireVendor } from '#lib/auth/door/current.ts';
import type { AccountActor } from '#lib/core/actor.ts';
import { accountOf } from '#lib/core/actor.ts';
import type { Locale } from '#lib/core/i18n/routing.ts';
import { db } from '#lib/db/client.ts';
import { orLastKnown } from '#lib/db/last-known.ts';
import { checkLimit } from '#lib/rate-limit/check-limit.ts';
import { couponCode } from './coupon/code.ts';
import { findPayment } from './find-payment.ts';
import { type BuyerDetails, findBuyer } from './invoice/store.ts';
import { listPayments, type PaymentPage } from './list-payments.ts';
import { type AccountPlanView, describePlan } from './plan/describe-plan.ts';
import { quotePlan } from './plan/quote-plan.ts';
import { listPlans, type Quote } from './plan/store.ts';
import { type PlanView, toPlanView } from './plan/view.ts';
import { plansKnownAs } from './policy.ts';
import { findPaymentWord, type PaymentWord } from './read-store.ts';
import type { PaymentView } from './view.ts';

const knownPlans = () => orLastKnown(plansKnownAs, listPlans);

/** What each plan is called in a language, by its short name. Open to everybody. */
export const getPlanNames = cache(async (locale: Locale): Promise<ReadonlyMap<string, string>> => {
  const plans = await knownPlans();
  return new Map(plans.map(({ name, texts }) => [name, texts[locale]?.name ?? name]));
});

/** The plans of the plan page, for people and for vendors. Open to everybody. */
export async function listPlansPage(): Promise<{ user: PlanView[]; vendor: PlanView[] }> {
  const plans = (await knownPlans()).filter(({ isActive }) => isActive).map(toPlanView);
  return {
    user: plans.filter((plan) => plan.audience === 'user'),
    vendor: plans.filter((plan) => plan.audience === 'vendor'),
  };
}

/** What of it marks a plan as one's own: which paid plan the signed-in user and vendor have. Null: none, or nobody. */
export async function getOwnPlans(): Promise<{
  user: AccountPlanView | null;
  vendor: AccountPlanView | null;
}> {
  const [user, vendor] = await Promise.all([currentUser(), currentVendor()]);
  return {
    user: user ? await describePlan(user) : null,
    vendor: vendor ? await describePlan(vendor) : null,
  };
}

/** What a plan would cost, and why a code that was typed takes nothing off. */
export type QuoteView = {
  readonly quote: Quote;
  readonly code: string | null;
  /** The message beside the code, if it does not count. */
  readonly codeFault: string | null;
};

/** Codes are tried here, so they are counted here: nobody guesses them by the address of a page. */
async function quoteFor(actor: AccountActor, plan: string, typed?: string): Promise<QuoteView | null> {
  const owner = accountOf(actor);
  const whole = await quotePlan(db(), owner, plan);
  if (!whole.ok) return null;
  if (!typed?.trim()) return { quote: whole.value, code: null, codeFault: null };
  const refused = (codeFault: string) => ({ quote: whole.value, code: typed.slice(0, 60), codeFault });
  const read = couponCode.safeParse(typed);
  if (!read.success) return refused('billing.coupon.malformed');
  const room = await checkLimit('coupon.try', { account: `${owner.kind}|${owner.accountId}` });
  if (!room.ok) return refused(`errors.${room.code}`);
  const reduced = await quotePlan(db(), owner, plan, read.data);
  if (!reduced.ok) return refused(`errors.${reduced.code}`);
  return { quote: reduced.value, code: read.data, codeFault: null };
}

/** What a plan would cost the signed-in user now, with the code that was typed; null for one that is not theirs to buy. */
export async function getUserQuote(locale: Locale, plan: string, code?: string): Promise<QuoteView | null> {
  return quoteFor(await requireUser(locale), plan, code);
}

/** The same for the signed-in vendor. */
export async function getVendorQuote(locale: Locale, plan: string, code?: string): Promise<QuoteView | null> {
  return quoteFor(await requireVendor(locale), plan, code);
}

export type BillingView = {
  readonly plan: AccountPlanView;
  readonly payments: PaymentPage;
  /** What invoices say of who buys. */
  readonly buyer: BuyerDetails | null;
};

async function billingOf(actor: AccountActor, cursor?: string): Promise<BillingView> {
  const [plan, payments, buyer] = await Promise.all([
    describePlan(actor),
    listPayments(actor, cursor),
    findBuyer(db(), accountOf(actor)),
  ]);
  return { plan, payments, buyer };
}

/** The signed-in user's plan and payments. Sends visitors to sign in. */
export async function getUserBilling(locale: Locale, cursor?: string): Promise<BillingView> {
  return billingOf(await requireUser(locale), cursor);
}

/** The signed-in vendor's plan and payments. Sends visitors to sign in. */
export async function getVendorBilling(locale: Locale, cursor?: string): Promise<BillingView> {
  return billingOf(await requireVendor(locale), cursor);
}

async function paymentOf(actor: AccountActor, id: string): Promise<PaymentView | null> {
  const found = await findPayment(actor, id);
  return found.ok ? found.value : null;
}

/** The signed-in user's payment, or null when it is not one of theirs. Sends visitors to sign in. */
export async function getUserPayment(locale: Locale, id: string): Promise<PaymentView | null> {
  return paymentOf(await requireUser(locale), id);
}

/** The signed-in vendor's payment, or null when it is not one of theirs. Sends visitors to sign in. */
export async function getVendorPayment(locale: Locale, id: string): Promise<PaymentView | null> {
  return paymentOf(await requireVendor(locale), id);
}

/**
 * How the payment stands whose page a path is: for somebody who came back from the bank in a browser that does not know
 * them and is asked to sign in. Open to everybody who knows the payment's random id, and says one word. Null for
 * any other path.
 */
export async function getPaymentWord(path: string): Promise<PaymentWord | null> {
  const [, id] = /^(?:\/vendor)?\/billing\/payments\/([0-9a-f-]{36})$/.exec(path) ?? [];
  return id && z.uuid().safeParse(id).success ? findPaymentWord(id) : null;
}

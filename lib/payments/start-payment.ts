import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { recordEvent } from '#lib/audit/record-event.ts';
import type { AccountActor, AccountRef } from '#lib/core/actor.ts';
import { accountOf } from '#lib/core/actor.ts';
import { env } from '#lib/core/env/env.ts';
import { type Locale, localePath } from '#lib/core/i18n/routing.ts';
import { log } from '#lib/core/log.ts';
import { toNationalPhone } from '#lib/core/phone.ts';
import { type Failure, fail, type Result, succeed } from '#lib/core/result.ts';
import { db } from '#lib/db/client.ts';
import { decide, writePatiently } from '#lib/db/decide.ts';
import { type Tx, transact } from '#lib/db/transact.ts';
import { recordNotice } from '#lib/notifications/notice/record-notice.ts';
import en from '#messages/en.json' with { type: 'json' };
import fa from '#messages/fa.json' with { type: 'json' };
import { activatePayment } from './check/store.ts';
import { paymentGateway } from './gateway/choose-gateway.ts';
import type { PaymentGateway } from './gateway/payment-gateway.ts';
import { quotePlan } from './plan/quote-plan.ts';
import type { Quote } from './plan/store.ts';
import { handOverSeconds } from './policy.ts';
import {
  failUnhanded,
  findHandOver,
  insertPayment,
  lockBuyer,
  neverHanded,
  reusePayment,
  storeAuthority,
} from './store.ts';

export type StartRequest = {
  readonly plan: string;
  readonly locale: Locale;
  /** What the person was shown that they would pay. */
  readonly payableRials: bigint;
  /** What takes something off. */
  readonly code?: string | null | undefined;
};

/** Where to go to pay; to the payment's own page when there is nothing to pay. */
export type Started = { readonly paymentId: string; readonly payUrl: string };

const callbackPath = '/api/payments/zarinpal/callback';

/** Below it stands the page of each payment of an owner. */
function paymentsPath(kind: AccountRef['kind'], locale: Locale): string {
  return localePath(locale, kind === 'user' ? '/billing/payments/' : '/vendor/billing/payments/');
}

/** What the gateway's own page says is being bought. */
function describe(quote: Quote, locale: Locale): string {
  const messages = locale === 'en' ? en : fa;
  const { name, names, term } = quote.plan;
  const sentence = term === 'once' ? messages.payments.packDescription : messages.payments.description;
  return sentence.replace('{plan}', names[locale] ?? name);
}

type Prepared = {
  id: string;
  authority: string | null;
  isNew: boolean;
  phone: string;
  description: string;
  amountRials: bigint;
  /** Its page, when a code has paid for all of it and it is done. */
  donePath: string | null;
};

/** What a code pays for whole is bought here and now. */
async function completeByCode(tx: Tx, actor: AccountActor, id: string, quote: Quote): Promise<void> {
  await activatePayment(tx, id, null);
  await recordEvent(tx, actor, 'payment.complete', {
    resource: 'payment',
    resourceId: id,
    metadata: { plan: quote.plan.name, amountRials: 0, before: 'pending' },
  });
  await recordNotice(tx, accountOf(actor), 'payment.complete', { plan: quote.plan.name, payment: id });
}

/** The row, with what is bought frozen on it, and its audit event: both or none. */
async function preparePayment(actor: AccountActor, wanted: StartRequest): Promise<Result<Prepared>> {
  const owner = accountOf(actor);
  return transact<Prepared>(async (tx) => {
    const buyer = await lockBuyer(tx, owner);
    if (!buyer) return fail('account.inactive', `${owner.kind} ${owner.accountId} may not buy`);
    const quoted = await quotePlan(tx, owner, wanted.plan, wanted.code ?? null);
    if (!quoted.ok) return quoted;
    const quote = quoted.value;
    if (quote.payableRials !== wanted.payableRials) {
      return fail('payment.quoteChanged', `shown ${wanted.payableRials}, now ${quote.payableRials} Rials`);
    }
    const description = describe(quote, wanted.locale);
    const isFree = quote.payableRials === 0n;
    const common = { phone: buyer.phone, description, amountRials: quote.payableRials, donePath: null };
    const prefix = paymentsPath(owner.kind, wanted.locale);
    const same = isFree ? null : await reusePayment(tx, owner, quote, prefix);
    if (same) return succeed({ ...common, ...same, isNew: false });
    const id = randomUUID();
    const callbackUrl = `${env().nextauthUrl}${callbackPath}`;
    await insertPayment(tx, { id, owner, quote, description, callbackUrl, returnUrl: `${prefix}${id}` });
    await recordEvent(tx, actor, 'payment.create', {
      resource: 'payment',
      resourceId: id,
      metadata: {
        plan: quote.plan.name,
        kind: quote.kind,
        amountRials: Number(quote.payableRials),
        creditRials: Number(quote.creditRials),
        ...(quote.coupon ? { coupon: quote.coupon.id, discountRials: Number(quote.discountRials) } : {}),
      },
    });
    if (isFree) {
      await completeByCode(tx, actor, id, quote);
      return succeed({ ...common, id, authority: null, isNew: true, donePath: `${prefix}${id}` });
    }
    return succeed({ ...common, id, authority: null, isNew: true });
  });
}

/** Ends a payment that nobody can pay. */
async function endUnhanded(actor: AccountActor, id: string, detail: string): Promise<void> {
  await transact(async (tx) => {
    if (await failUnhanded(tx, id, detail)) {
      await recordEvent(tx, actor, 'payment.fail', {
        resource: 'payment',
        resourceId: id,
        metadata: { detail },
      });
    }
    return succeed(null);
  });
}

/**
 * The other click of a double click waits for what the first one is told. When that one has died over it the payment
 * is ended: nobody has seen a page to pay it on, and another can be made.
 */
async function awaitHandOver(actor: AccountActor, id: string): Promise<string | 'died' | null> {
  for (let waitedMs = 0; waitedMs < handOverSeconds * 2000; waitedMs += 200) {
    const found = await findHandOver(db(), id);
    // Another click that waited may have ended it.
    if (found?.hasDied) return 'died';
    if (found?.status !== 'pending') return null;
    if (found.authority) return found.authority;
    if (found.isLate) {
      await endUnhanded(actor, id, neverHanded);
      return 'died';
    }
    await sleep(200);
  }
  return null;
}

const gatewayDown = (detail: string): Failure => fail('payment.gatewayDown', detail);

/** Asks for an authority, once. Without one nobody can pay, so the payment ends there. */
async function handOver(actor: AccountActor, prepared: Prepared, gateway: PaymentGateway) {
  const { id, amountRials, description, phone } = prepared;
  const mobile = toNationalPhone(phone).replaceAll(' ', '');
  const answer = await gateway.request({
    paymentId: id,
    amountRials,
    description,
    callbackUrl: `${env().nextauthUrl}${callbackPath}`,
    mobile: /^09\d{9}$/.test(mobile) ? mobile : null,
  });
  if (answer.kind === 'ready') {
    const { authority } = answer;
    // Without it nobody could say later for what this session is.
    const isKept = await writePatiently(() => decide((tx) => storeAuthority(tx, id, authority)));
    if (isKept) return authority;
  }
  const detail =
    answer.kind === 'rejected'
      ? `code ${answer.code}`
      : answer.kind === 'unknown'
        ? answer.cause
        : 'ended meanwhile';
  log.error({ paymentId: id, detail }, 'the gateway did not take a payment');
  await endUnhanded(actor, id, detail);
  return null;
}

/**
 * Begins to buy a plan: freezes what is bought, asks the gateway for an authority and answers with where to
 * pay. A second click is answered with the same payment, or with another one when the first died on its way. Fails with `payment.quoteChanged` when it would cost
 * something else than was shown, and with `payment.gatewayDown` when nothing can be paid now. What a code pays for whole
 * starts at once, without the gateway.
 */
export async function startPayment(
  actor: AccountActor,
  wanted: StartRequest,
  gateway: PaymentGateway = paymentGateway(),
): Promise<Result<Started>> {
  const prepared = await preparePayment(actor, wanted);
  if (!prepared.ok) return prepared;
  const { id, isNew, donePath } = prepared.value;
  if (donePath) return succeed({ paymentId: id, payUrl: donePath });
  const authority =
    prepared.value.authority ??
    (isNew ? await handOver(actor, prepared.value, gateway) : await awaitHandOver(actor, id));
  if (authority === 'died') return startPayment(actor, wanted, gateway);
  if (!authority) return gatewayDown(`payment ${id} has no authority`);
  return succeed({ paymentId: id, payUrl: gateway.payUrl(authority) });
}

import { randomUUID } from 'node:crypto';
import { recordEvent } from '#lib/audit/record-event.ts';
import type { AccountActor, AccountRef } from '#lib/core/actor.ts';
import { accountOf } from '#lib/core/actor.ts';
import { env } from '#lib/core/env/env.ts';
import { type Locale, localePath } from '#lib/core/i18n/routing.ts';
import { type Failure, fail, type Result, succeed } from '#lib/core/result.ts';
import { type Tx, transact } from '#lib/db/transact.ts';
import { recordNotice } from '#lib/notifications/notice/record-notice.ts';
import en from '#messages/en.json' with { type: 'json' };
import fa from '#messages/fa.json' with { type: 'json' };
import { activatePayment } from './check/store.ts';
import { paymentGateways } from './gateway/choose-gateway.ts';
import type { Gateways } from './gateway/payment-gateway.ts';
import { callbackPaths } from './gateway/read-return.ts';
import { awaitHandOver, handOver, type Order } from './hand-over.ts';
import { quotePlan } from './plan/quote-plan.ts';
import type { Quote } from './plan/store.ts';
import { findMadeByCode, insertPayment, lockBuyer, type PaidSession, reusePayment } from './store.ts';

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

type Prepared = Order & {
  /** Where it can be paid already. */
  session: PaidSession | null;
  isNew: boolean;
  /** Its page, when a code has paid for all of it and it is done. */
  donePath: string | null;
};

const gatewayDown = (detail: string): Failure => fail('payment.gatewayDown', detail);

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
async function preparePayment(
  actor: AccountActor,
  wanted: StartRequest,
  { forNew: [first] }: Gateways,
): Promise<Result<Prepared>> {
  if (!first) return gatewayDown('no gateway is set up');
  const owner = accountOf(actor);
  return transact<Prepared>(async (tx) => {
    const buyer = await lockBuyer(tx, owner);
    if (!buyer) return fail('account.inactive', `${owner.kind} ${owner.accountId} may not buy`);
    const quoted = await quotePlan(tx, owner, wanted.plan, wanted.code ?? null);
    if (!quoted.ok) {
      // A second press, or a first one whose answer was lost: the code is used up by what it has bought.
      const made =
        quoted.code === 'coupon.mine'
          ? await findMadeByCode(tx, owner, wanted.plan, wanted.code ?? '')
          : null;
      if (!made) return quoted;
      const done = { phone: buyer.phone, description: '', amountRials: 0n, session: null, isNew: false };
      return succeed({ ...done, id: made, donePath: `${paymentsPath(owner.kind, wanted.locale)}${made}` });
    }
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
    await insertPayment(tx, {
      id,
      owner,
      quote,
      description,
      // What costs nothing goes to no gateway; anything else to the first one, unless it goes to another then.
      gateway: isFree ? 'code' : first.name,
      callbackUrl: `${env().nextauthUrl}${callbackPaths[first.name]}`,
      returnUrl: `${prefix}${id}`,
    });
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
      return succeed({ ...common, id, session: null, isNew: true, donePath: `${prefix}${id}` });
    }
    return succeed({ ...common, id, session: null, isNew: true });
  });
}

/**
 * Begins to buy a plan: freezes what is bought, asks a gateway for a session and answers with where to
 * pay. A second click is answered with the same payment, or with another one when the first died on its way. Fails with `payment.quoteChanged` when it would cost
 * something else than was shown, and with `payment.gatewayDown` when nothing can be paid now. What a code pays for whole
 * starts at once, without the gateway.
 */
export async function startPayment(
  actor: AccountActor,
  wanted: StartRequest,
  gateways: Gateways = paymentGateways(),
): Promise<Result<Started>> {
  const prepared = await preparePayment(actor, wanted, gateways);
  if (!prepared.ok) return prepared;
  const { id, isNew, donePath } = prepared.value;
  if (donePath) return succeed({ paymentId: id, payUrl: donePath });
  const session =
    prepared.value.session ??
    (isNew ? await handOver(actor, prepared.value, gateways) : await awaitHandOver(actor, id));
  if (session === 'died') return startPayment(actor, wanted, gateways);
  const payUrl = session && gateways.of(session.gateway)?.payUrl(session.authority);
  return payUrl ? succeed({ paymentId: id, payUrl }) : gatewayDown(`payment ${id} has no session`);
}

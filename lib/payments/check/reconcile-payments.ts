import { recordEvent } from '#lib/audit/record-event.ts';
import { system } from '#lib/core/actor.ts';
import { log } from '#lib/core/log.ts';
import { succeed } from '#lib/core/result.ts';
import { db } from '#lib/db/client.ts';
import { transact } from '#lib/db/transact.ts';
import type { Finding } from '../gateway/ask-gateway.ts';
import { paymentGateways } from '../gateway/choose-gateway.ts';
import type { Gateways, PaymentGateway } from '../gateway/payment-gateway.ts';
import { failUnhanded, neverHanded } from '../store.ts';
import { checkPayment } from './check-payment.ts';
import { findAuthorities, listDueChecks, listLeftBehind, noteStray, type WaitingCheck } from './store.ts';

/** What one run did. */
export type Reconciled = {
  /** Payments the gateway was asked about. */
  readonly checked: number;
  readonly paid: number;
  readonly unknown: number;
  /** Money under authorities that are not ours, seen in this run. */
  readonly strays: number;
};

const atOnce = 4;
const dueAtMost = 200;
/** A gateway that is silent so many times in a row is not asked about everything else. */
const silentAtMost = 5;
/** After this nothing more is begun: what is left has waited longest at the next run and comes first. */
const runMs = 45_000;

type PaidSessions = { waiting: WaitingCheck[]; strays: number };

/** What was paid and nobody came back from. Answers with ours; tells of what is not. */
async function findPaidSessions({ name, unVerified }: PaymentGateway): Promise<PaidSessions> {
  if (!unVerified) return { waiting: [], strays: 0 };
  const answer = await unVerified();
  if (answer.kind !== 'list') {
    const detail = answer.kind === 'unknown' ? answer.cause : `code ${answer.code}`;
    log.warn({ detail, gateway: name }, 'the gateway does not list what was paid');
    return { waiting: [], strays: 0 };
  }
  const { sessions } = answer;
  const known = await findAuthorities(
    db(),
    name,
    sessions.map(({ authority }) => authority),
  );
  const ours = new Set(known.map(({ authority }) => authority));
  const strays = sessions.filter((one) => !ours.has(one.authority));
  for (const { authority, amountRials } of strays) {
    if (!(await noteStray(db(), authority, amountRials ?? 0n))) continue;
    log.error({}, 'the gateway holds money of nobody we know; it stands among what needs attention');
  }
  return {
    waiting: known.filter(({ isAskable }) => isAskable),
    strays: strays.length,
  };
}

/** Ends what died before it reached the gateway; answers with what did reach it and is followed by nobody. */
async function tidyLeftBehind(): Promise<WaitingCheck[]> {
  const left = await listLeftBehind(db(), dueAtMost);
  for (const { id } of left.filter(({ isHanded }) => !isHanded)) {
    await transact(async (tx) => {
      if (await failUnhanded(tx, id, neverHanded)) {
        await recordEvent(tx, system, 'payment.fail', {
          resource: 'payment',
          resourceId: id,
          metadata: { answer: neverHanded },
        });
      }
      return succeed(null);
    }).catch((error: unknown) => log.error({ err: error, paymentId: id }, 'a payment could not be ended'));
  }
  return left.filter(({ isHanded }) => isHanded);
}

/** One payment that cannot be booked keeps no other from it; it is asked about again later. */
async function checkOne(
  id: string,
  gateways: Gateways,
  first: 'verify' | 'inquiry',
): Promise<Finding | null> {
  try {
    return await checkPayment(id, gateways, { first, evenPaid: true });
  } catch (error) {
    log.error({ err: error, paymentId: id }, 'a payment could not be checked');
    return null;
  }
}

/** Each once, those first that were not asked about for longest: nobody waits behind one that never answers. */
function inFairOrder(waiting: readonly WaitingCheck[]): string[] {
  const askedAt = new Map(waiting.map(({ id, askedAt: at }) => [id, at?.getTime() ?? 0]));
  return [...askedAt].toSorted(([, one], [, other]) => one - other).map(([id]) => id);
}

/** Asks one gateway about several, a few at a time; what is known to be paid is settled at once. */
async function checkAtOne(waiting: string[], gateways: Gateways, paid: ReadonlySet<string>) {
  const seen = { checked: 0, paid: 0, unknown: 0 };
  const until = performance.now() + runMs;
  let silent = 0;
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      while (silent < silentAtMost && performance.now() < until) {
        const id = waiting.shift();
        if (!id) return;
        const finding = await checkOne(id, gateways, paid.has(id) ? 'verify' : 'inquiry');
        if (!finding) continue;
        seen.checked += 1;
        if (finding.kind === 'paid') seen.paid += 1;
        if (finding.kind === 'unknown') seen.unknown += 1;
        silent = finding.kind === 'unknown' && finding.isSilent ? silent + 1 : 0;
      }
    }),
  );
  return seen;
}

/** Asks about several, each gateway about its own: one that is silent keeps nobody waiting at another. */
async function checkAll(
  several: readonly WaitingCheck[],
  gateways: Gateways,
  paid: readonly WaitingCheck[] = [],
) {
  const first = new Set(paid.map(({ id }) => id));
  const groups = Object.values(Object.groupBy([...paid, ...several], ({ gateway }) => gateway));
  const seen = await Promise.all(
    groups.map((group) => checkAtOne(inFairOrder(group ?? []), gateways, first)),
  );
  return seen.reduce(
    (sum, one) => ({
      checked: sum.checked + one.checked,
      paid: sum.paid + one.paid,
      unknown: sum.unknown + one.unknown,
    }),
    { checked: 0, paid: 0, unknown: 0 },
  );
}

/**
 * Asks about the payments that are due: somebody came back whose request died, or an outcome was not known. Cheap where
 * there are none, so it is done often. Safe to run anywhere, any number at once.
 */
export async function checkDuePayments(gateways: Gateways = paymentGateways()): Promise<void> {
  await checkAll(await listDueChecks(db(), dueAtMost), gateways);
}

/**
 * Brings what we know into line with what the gateways know: settles what was paid while nobody came back,
 * resolves what was unknown, ends what nobody will pay, notices what went back. Safe to run anywhere, at any time,
 * any number at once.
 */
export async function reconcilePayments(gateways: Gateways = paymentGateways()): Promise<Reconciled> {
  const left = await tidyLeftBehind();
  const lists = await Promise.all(gateways.all.map(findPaidSessions));
  const due = await listDueChecks(db(), dueAtMost);
  const seen = await checkAll(
    [...due, ...left],
    gateways,
    lists.flatMap(({ waiting }) => waiting),
  );
  return { ...seen, strays: lists.reduce((sum, { strays }) => sum + strays, 0) };
}

import { setTimeout as sleep } from 'node:timers/promises';
import { log } from '#lib/core/log.ts';
import { db } from '#lib/db/client.ts';
import { decide, writePatiently } from '#lib/db/decide.ts';
import { actAsSystem } from '#lib/db/walls/acting.ts';
import { askGateway, askWhetherStands, type Finding } from '../gateway/ask-gateway.ts';
import type { Gateways } from '../gateway/payment-gateway.ts';
import { applyFinding } from './apply-finding.ts';
import { type CheckClaim, claimCheck, databaseNow, isAnsweredSince, keepCheck } from './store.ts';

export type CheckOptions = {
  /** What to ask first: settle at once when somebody waits, only look when nobody does. */
  readonly first: 'verify' | 'inquiry';
  /** The payer says that they gave up; it counts only when the gateway has no money. */
  readonly isCancelled?: boolean;
  /** How long to wait while somebody else asks about the same payment. */
  readonly waitMs?: number;
  /** The gateway is asked only so long after it answered last: a check that is asked for earlier waits for that. */
  readonly gapSeconds?: number;
  /** Also when it is settled: whether the money is still there. */
  readonly evenPaid?: boolean;
};

const pauseMs = 150;
const keepEveryMs = 5000;

/** Asks, and keeps the claim while the gateway takes its time: a process that dies over it loses it soon. */
async function askKeeping(
  gateways: Gateways,
  claim: CheckClaim,
  first: CheckOptions['first'],
): Promise<Finding> {
  const gateway = gateways.of(claim.gateway);
  if (!gateway) return { kind: 'unknown', cause: `${claim.gateway} is not set up`, isSilent: false };
  const keep = () =>
    keepCheck(db(), claim).catch((error: unknown) => log.warn({ err: error }, 'a check was not kept'));
  const keeping = setInterval(() => void keep(), keepEveryMs);
  try {
    return await (claim.isPaid ? askWhetherStands(gateway, claim) : askGateway(gateway, claim, first));
  } finally {
    clearInterval(keeping);
  }
}

/**
 * Asks the gateway of a payment about it and writes down what it says. However many callbacks, sweeps and people ask
 * at once, one of them asks the gateway; the others wait for a check that began after they came, because only
 * such a one has seen what they know. Answers with what was found, null when somebody else found it or there
 * was nothing to ask.
 */
export async function checkPayment(
  id: string,
  gateways: Gateways,
  options: CheckOptions,
): Promise<Finding | null> {
  // Whoever asks, or nobody: what is booked is what the gateway says, and a receipt is looked for among everybody's.
  return actAsSystem(() => check(id, gateways, options));
}

async function check(
  id: string,
  gateways: Gateways,
  { first, isCancelled = false, waitMs = 0, gapSeconds = 0, evenPaid = false }: CheckOptions,
): Promise<Finding | null> {
  const came = await databaseNow(db());
  const until = performance.now() + waitMs;
  for (;;) {
    const claim = await decide((tx) => claimCheck(tx, id, { gapSeconds, evenPaid }));
    if (claim) {
      const finding = await askKeeping(gateways, claim, first);
      if (finding.kind === 'unknown') {
        log.warn({ paymentId: id, detail: finding.cause }, 'the outcome of a payment is not known yet');
      }
      // What the gateway said is money.
      await writePatiently(() => applyFinding(claim, finding, isCancelled));
      return finding;
    }
    if (await isAnsweredSince(db(), id, came)) return null;
    if (performance.now() >= until) return null;
    await sleep(pauseMs);
  }
}

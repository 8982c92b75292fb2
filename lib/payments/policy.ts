/** The numbers of buying, in one place. Safe to import in the browser. */

/** Below this the gateway takes no payment. Rials. */
export const minPayableRials = 10_000n;
/** The gateway's own limit: a hundred million Toman. Rials. */
export const maxPayableRials = 1_000_000_000n;

/** Whether the gateway takes so much. Rials. */
export const isPayable = (rials: bigint) => rials >= minPayableRials && rials <= maxPayableRials;

/** How long a click before may still be answered by the same payment. */
export const reuseSeconds = 10 * 60;
/** A payment that was not handed to the gateway within this time, longer than its questions to gateways, belongs to a process that died. */
export const handOverSeconds = 12;
/** How long the first of several gateways has to give out a session before the next one is asked. */
export const firstTrySeconds = 5;
/** How long a payer who comes back waits for the outcome before the page takes over. */
export const returnWaitMs = 6000;
/** How often further returns of one payment have the gateway asked, however many come; shorter than they wait. */
export const returnGapSeconds = 3;
/** How long the gateway can give a whole payment back by itself. */
export const reversalMinutes = 30;
/** The gateways that do; money of others goes back from their panel or by hand. */
export const reversingGateways: readonly string[] = ['zarinpal'];

/** Public pages show prices this old at most; what is paid is asked of the database at that moment. */
export const plansKnownAs = { name: 'plans', freshMs: 5000 } as const;

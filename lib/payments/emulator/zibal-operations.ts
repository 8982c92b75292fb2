import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import type { GatewayAnswer } from './answers.ts';
import { cardPan } from './card.ts';
import type { Operation } from './operations.ts';
import { type EmulatedSession, findSession, insertSession, nextNumber, verifySession } from './store.ts';

/** The operations of Zibal v1, on the emulator's own sessions. */

const isWeb = (text: string) => URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);
const orderSchema = z.looseObject({
  merchant: z.string(),
  amount: z.int(),
  callbackUrl: z.string(),
  description: z.string().max(500).optional(),
  orderId: z.string().optional(),
  mobile: z.string().optional(),
});
const sessionSchema = z.looseObject({
  merchant: z.string(),
  trackId: z.union([z.int(), z.string()]).transform(String),
});

const refuse = (code: number): GatewayAnswer => ({ ok: false, code });
const done = (data: object): GatewayAnswer => ({
  ok: true,
  data: { ...data, message: 'success', result: 100 },
});

/** Numbers past 2^31, as it hands them out. */
const firstTrackId = 3_714_000_000n;

const request: Operation = async (body, settings, referer) => {
  const read = orderSchema.safeParse(body);
  if (!read.success) return refuse(104);
  const { merchant, amount, callbackUrl, description = '', orderId, mobile } = read.data;
  if (settings.merchants && !settings.merchants.includes(merchant)) return refuse(102);
  if (amount < 1000) return refuse(105);
  if (!isWeb(callbackUrl)) return refuse(106);
  if (amount > 1_000_000_000) return refuse(113);
  const trackId = firstTrackId + (await nextNumber());
  await insertSession({
    authority: String(trackId),
    token: randomBytes(16).toString('hex'),
    merchantId: merchant,
    amount,
    amountIrr: amount,
    currency: 'IRR',
    description,
    callbackUrl,
    metadata: { ...(orderId ? { order_id: orderId } : {}), ...(mobile ? { mobile } : {}) },
    referer,
  });
  return done({ trackId: Number(trackId) });
};

async function find(body: unknown): Promise<EmulatedSession | null> {
  const read = sessionSchema.safeParse(body);
  const session = read.success ? await findSession('authority', read.data.trackId) : null;
  return session?.merchantId === read.data?.merchant ? session : null;
}

const states: Readonly<Record<EmulatedSession['status'], number>> = {
  IN_BANK: -1,
  VERIFIED: 1,
  PAID: 2,
  FAILED: 3,
  REVERSED: 18,
};

function describe(session: EmulatedSession) {
  const { order_id: orderId = null } = session.metadata as { order_id?: string };
  const isPaid = session.refId !== null;
  return {
    paidAt: session.paidAt,
    amount: Number(session.amountIrr),
    status: states[session.status],
    refNumber: isPaid ? Number(session.refId) : null,
    cardNumber: isPaid ? cardPan : null,
    description: session.description,
    orderId,
  };
}

const verify: Operation = async (body) => {
  const session = await find(body);
  if (!session) return refuse(203);
  const verified = session.status === 'PAID' ? await verifySession(session.authority) : null;
  if (verified) return done(describe(verified));
  // Somebody else made the step just now, or long ago: it says so, and nothing more.
  const again = await findSession('authority', session.authority);
  return again?.status === 'VERIFIED'
    ? { ok: true, data: { message: 'previously verified', result: 201 } }
    : refuse(202);
};

const inquiry: Operation = async (body) => {
  const session = await find(body);
  return session ? done({ ...describe(session), createdAt: session.createdAt, wage: 0 }) : refuse(203);
};

export const zibalOperations: Readonly<Record<string, Operation>> = { request, verify, inquiry };

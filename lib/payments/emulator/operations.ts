import { createHash, randomBytes } from 'node:crypto';
import { type GatewayAnswer, refuse } from './answers.ts';
import { cardPan } from './card.ts';
import { isAnswer, merchantSchema, readBody, readOrder, sessionSchema, verifySchema } from './order-input.ts';
import { countVerifies } from './schema-store.ts';
import type { Settings } from './settings.ts';
import {
  type EmulatedSession,
  findSession,
  insertSession,
  listUnVerified,
  nextNumber,
  reverseSession,
  verifySession,
} from './store.ts';

/** The six operations of ZarinPal v4, on the emulator's own sessions. */

const cardHash = createHash('sha256').update(cardPan).digest('hex').toUpperCase();
const fee = 1200;

/** S, zeros and a short suffix: what the sandbox hands out, and what shows that it is no secret. */
async function newAuthority(seed: string | null): Promise<string> {
  const number = await nextNumber();
  const text = seed === null ? randomBytes(8) : createHash('sha256').update(`${seed}|${number}`).digest();
  const suffix = (text.readBigUInt64BE() % 36n ** 9n).toString(36);
  return `S${suffix.padStart(35, '0')}`;
}

async function request(body: unknown, settings: Settings, referer: string | null): Promise<GatewayAnswer> {
  const order = readOrder(body, settings);
  if (isAnswer(order)) return order;
  const authority = await newAuthority(settings.seed);
  await insertSession({
    authority,
    token: randomBytes(16).toString('hex'),
    merchantId: order.merchant_id,
    amount: order.amount,
    amountIrr: order.amountIrr,
    currency: order.currency,
    description: order.description,
    callbackUrl: order.callback_url,
    metadata: order.metadata,
    referer,
  });
  return { ok: true, data: { code: 100, message: 'Success', authority, fee_type: 'Merchant', fee } };
}

async function find(merchantId: string, authority: string): Promise<EmulatedSession | GatewayAnswer> {
  const session = await findSession('authority', authority);
  if (!session) return refuse(-54);
  return session.merchantId === merchantId ? session : refuse(-53);
}

const isRefusal = (found: EmulatedSession | GatewayAnswer): found is GatewayAnswer => 'ok' in found;

function receipt(session: EmulatedSession, code: 100 | 101): GatewayAnswer {
  const { order_id: orderId = null } = session.metadata as { order_id?: string };
  return {
    ok: true,
    data: {
      wages: null,
      code,
      message: code === 100 ? 'Paid' : 'Verified',
      card_hash: cardHash,
      card_pan: cardPan,
      ref_id: Number(session.refId),
      fee_type: 'Merchant',
      fee,
      shaparak_fee: 1200,
      order_id: orderId,
    },
  };
}

async function verify(body: unknown, settings: Settings): Promise<GatewayAnswer> {
  const read = readBody(verifySchema, body);
  if (!read.ok) return read.answer;
  const { merchant_id: merchantId, authority, amount } = read.value;
  const limit = settings.verifiesPerMinute;
  if (limit !== null && (await countVerifies(authority)) >= limit) return refuse(-12);
  const session = await find(merchantId, authority);
  if (isRefusal(session)) return session;
  const expected = settings.verifyUnit === 'rial' ? session.amountIrr : session.amount;
  const isPaid = session.status === 'PAID' || session.status === 'VERIFIED';
  const isSame = BigInt(amount) === expected;
  if (!isPaid && !isSame) return refuse(settings.amountFirst ? -50 : -51);
  if (!isPaid) return refuse(-51);
  if (!isSame) return refuse(-50);
  const verified = await verifySession(authority);
  if (verified) return receipt(verified, 100);
  // Somebody else made the step just now, or long ago.
  const again = await findSession('authority', authority);
  return again?.status === 'VERIFIED' ? receipt(again, 101) : refuse(-51);
}

async function inquiry(body: unknown): Promise<GatewayAnswer> {
  const read = readBody(sessionSchema, body);
  if (!read.ok) return read.answer;
  const session = await find(read.value.merchant_id, read.value.authority);
  if (isRefusal(session)) return session;
  return { ok: true, data: { code: 100, message: 'Success', status: session.status } };
}

async function unVerified(body: unknown, settings: Settings): Promise<GatewayAnswer> {
  const read = readBody(merchantSchema, body);
  if (!read.ok) return read.answer;
  const sessions = await listUnVerified(read.value.merchant_id, 100);
  return {
    ok: true,
    data: {
      code: settings.unVerifiedShape === 'official' ? '100' : 100,
      message: 'Success',
      authorities: sessions.map(({ authority, amountIrr, callbackUrl, date }) => ({
        authority,
        amount: Number(amountIrr),
        callback_url: callbackUrl,
        referer: '',
        date,
      })),
    },
  };
}

async function reverse(body: unknown, settings: Settings): Promise<GatewayAnswer> {
  const read = readBody(sessionSchema, body);
  if (!read.ok) return read.answer;
  const session = await find(read.value.merchant_id, read.value.authority);
  if (isRefusal(session)) return session;
  if (!settings.reverseAllowed) return refuse(-62);
  if (session.status !== 'PAID' && session.status !== 'VERIFIED') return refuse(-61);
  if (session.isOldForReverse) return refuse(-63);
  const reversed = await reverseSession(session.authority);
  return reversed ? { ok: true, data: { code: 100, message: 'Reversed' } } : refuse(-61);
}

async function feeCalculation(body: unknown, settings: Settings): Promise<GatewayAnswer> {
  const order = readOrder({ description: '-', callback_url: 'http://localhost/', ...Object(body) }, settings);
  if (isAnswer(order)) return order;
  const { amount } = order;
  return {
    ok: true,
    data: {
      amount,
      fee,
      fee_type: 'Merchant',
      suggested_amount: amount + fee,
      code: 100,
      message: 'Success',
    },
  };
}

export type Operation = (body: unknown, settings: Settings, referer: string | null) => Promise<GatewayAnswer>;

export const operations: Readonly<Record<string, Operation>> = {
  request,
  verify,
  inquiry,
  unVerified,
  reverse,
  feeCalculation,
};

import { z } from 'zod';
import { callGateway } from './call-gateway.ts';
import { type Envelope, maskCard, strange, unreadable } from './envelope.ts';
import type {
  GatewayReceipt,
  InquiryAnswer,
  PaymentGateway,
  PaymentOrder,
  Rejected,
  RequestAnswer,
  ReverseAnswer,
  SessionStatus,
  Unknown,
  VerifyAnswer,
} from './payment-gateway.ts';

export type ZibalSettings = {
  readonly merchant: string;
  /** Where we call it, and where the payer's browser finds it. */
  readonly baseUrl: string;
  readonly publicUrl?: string;
  /** Over one question, its repetitions included; a verification is two or three. */
  readonly timeoutMs?: number;
};

export const zibalProductionUrl = 'https://gateway.zibal.ir';

/** What a trackId looks like: a number past 32 bits, exact as a number of JSON. */
export const trackIdPattern = /^[1-9]\d{5,14}$/;

/** What it says of a session that it does not know. */
const unknownTrackId = 203;

const numberText = z.union([z.int().nonnegative(), z.string().regex(/^\d{1,20}$/)]).transform(String);
const whole = z.union([z.int(), z.string().regex(/^-?\d{1,15}$/)]).transform(Number);
const orNull = <Schema extends z.ZodType>(schema: Schema) => schema.nullable().default(null).catch(null);

const body = z.looseObject({ result: whole });

/**
 * Reads an answer of Zibal v1: one object with its `result`. 100 is done, 201 was done before; everything else is a
 * refusal. What counts as money must come under a 2xx.
 */
function readAnswer(httpStatus: number, text: string): Envelope {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return unreadable(`no JSON with HTTP ${httpStatus}`);
  }
  const read = body.safeParse(json);
  if (!read.success) return unreadable(`no result with HTTP ${httpStatus}`);
  const { result, ...data } = read.data;
  if (result !== 100 && result !== 201) return { kind: 'error', code: result };
  if (httpStatus < 200 || httpStatus > 299) return unreadable(`data with HTTP ${httpStatus}`);
  return { kind: 'data', code: result, data };
}

const receipt = z.object({
  amount: orNull(numberText),
  refNumber: orNull(numberText),
  cardNumber: orNull(z.string().max(64).transform(maskCard)),
  hashedCardNumber: orNull(
    z
      .string()
      .toUpperCase()
      .regex(/^[0-9A-F]{64}$/),
  ),
  // 0: of what we get, 1: of our wallet, 2: the payer paid it beside the amount. How much it is, no answer says.
  wage: orNull(whole),
});
type Receipt = z.output<typeof receipt>;

const toReceipt = (first: Receipt, second: Receipt): GatewayReceipt => ({
  refNumber: first.refNumber ?? second.refNumber,
  cardNumber: first.cardNumber ?? second.cardNumber,
  cardHash: first.hashedCardNumber ?? second.hashedCardNumber,
  feeRials: (first.wage ?? second.wage) === 2 ? 0n : null,
});

/** Its states of a session. -1 waits, 1 is verified, 2 is paid, 15, 16 and 18 went back; 3 to 12 are failures. */
function statusOf(state: number): SessionStatus | null {
  if (state === -1) return 'IN_BANK';
  if (state === 1) return 'VERIFIED';
  if (state === 2) return 'PAID';
  if (state === 15 || state === 16 || state === 18) return 'REVERSED';
  return state >= 3 && state <= 12 ? 'FAILED' : null;
}

type Asked =
  | { readonly kind: 'session'; readonly status: SessionStatus; readonly receipt: Receipt }
  | Rejected
  | Unknown;

const unknown = (answer: Exclude<Envelope, { kind: 'data' }>): Unknown =>
  answer.kind === 'unreadable'
    ? { kind: 'unknown', cause: answer.cause, isSilent: answer.isSilent }
    : { kind: 'unknown', cause: `code ${answer.code}`, isSilent: false };

/** Zibal v1 over HTTP. Protocol: help.zibal.ir/IPG/API. Always Rials. */
export function createZibal(settings: ZibalSettings): PaymentGateway {
  const { merchant, timeoutMs = 10_000 } = settings;
  const baseUrl = settings.baseUrl.replace(/\/+$/, '');
  const publicUrl = (settings.publicUrl ?? baseUrl).replace(/\/+$/, '');
  const call = (operation: string, more: object, repeat: boolean, withinMs = timeoutMs) =>
    callGateway(`${baseUrl}/v1/${operation}`, { merchant, ...more }, readAnswer, {
      timeoutMs: Math.min(timeoutMs, withinMs),
      repeat,
    });
  const ask = async (trackId: string): Promise<Asked> => {
    if (!trackIdPattern.test(trackId)) return { kind: 'rejected', code: unknownTrackId };
    const answer = await call('inquiry', { trackId: Number(trackId) }, true);
    if (answer.kind === 'error' && answer.code === unknownTrackId) {
      return { kind: 'rejected', code: unknownTrackId };
    }
    if (answer.kind !== 'data') return unknown(answer);
    const status = statusOf(whole.safeParse(answer.data.status).data ?? 0);
    return status
      ? { kind: 'session', status, receipt: receipt.parse(answer.data) }
      : strange('status of a session');
  };

  return {
    name: 'zibal',
    payUrl: (one) => `${publicUrl}/start/${one}`,
    unVerified: null,

    async request(order: PaymentOrder): Promise<RequestAnswer> {
      const answer = await call(
        'request',
        {
          amount: Number(order.amountRials),
          callbackUrl: order.callbackUrl,
          description: order.description.slice(0, 500),
          orderId: order.paymentId,
          ...(order.mobile ? { mobile: order.mobile } : {}),
        },
        false,
        order.withinMs,
      );
      if (answer.kind === 'error') return { kind: 'rejected', code: answer.code };
      if (answer.kind !== 'data') return unknown(answer);
      const trackId = numberText.safeParse(answer.data.trackId).data ?? '';
      return trackIdPattern.test(trackId) ? { kind: 'ready', authority: trackId } : strange('trackId');
    },

    /** Its verification is not told the amount and settles whatever was paid, so the session is looked at first. */
    async verify({ authority, amountRials }): Promise<VerifyAnswer> {
      const asked = await ask(authority);
      if (asked.kind !== 'session') return asked;
      if (asked.receipt.amount !== null && BigInt(asked.receipt.amount) !== amountRials) {
        return { kind: 'mismatch', of: 'amount', code: asked.status === 'VERIFIED' ? 201 : 100 };
      }
      const answer = await call('verify', { trackId: Number(authority) }, true);
      if (answer.kind === 'error' && answer.code === 202) return { kind: 'notPaid', code: 202 };
      if (answer.kind === 'error' && answer.code === unknownTrackId) {
        return { kind: 'rejected', code: unknownTrackId };
      }
      if (answer.kind !== 'data') return unknown(answer);
      const said = receipt.parse(answer.data);
      if (said.amount !== null && BigInt(said.amount) !== amountRials) {
        return { kind: 'mismatch', of: 'amount', code: answer.code };
      }
      if (said.amount === null && asked.receipt.amount === null) return strange('amount');
      const read = toReceipt(said, asked.receipt);
      if (read.refNumber !== null) return { kind: 'paid', ...read };
      // Verified before, it repeats nothing of the receipt; the session has it.
      const again = await ask(authority);
      return { kind: 'paid', ...(again.kind === 'session' ? toReceipt(said, again.receipt) : read) };
    },

    async inquiry(trackId): Promise<InquiryAnswer> {
      const asked = await ask(trackId);
      return asked.kind === 'session' ? { kind: 'status', status: asked.status } : asked;
    },

    /** Not by this interface: money goes back from its panel or by hand, and an inquiry tells. */
    reverse: (): Promise<ReverseAnswer> => Promise.resolve({ kind: 'rejected', code: 0 }),
  };
}

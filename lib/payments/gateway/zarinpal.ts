import { z } from 'zod';
import { callGateway } from './call-gateway.ts';
import { type Envelope, maskCard, strange } from './envelope.ts';
import type {
  InquiryAnswer,
  PaymentGateway,
  PaymentOrder,
  Rejected,
  RequestAnswer,
  ReverseAnswer,
  Unknown,
  UnVerifiedAnswer,
  VerifyAnswer,
} from './payment-gateway.ts';
import { readEnvelope } from './zarinpal-envelope.ts';

export type ZarinpalSettings = {
  readonly merchantId: string;
  /** Where we call it, and where the payer's browser finds it; a container may see another host than a browser. */
  readonly baseUrl: string;
  readonly publicUrl?: string;
  /** Over one operation, its repetitions included. */
  readonly timeoutMs?: number;
};

/** What an authority looks like: prefix A from production, S from a sandbox. */
export const authorityPattern = /^[AS][0-9a-zA-Z]{35}$/;

export const productionUrl = 'https://payment.zarinpal.com';

const authority = z.string().regex(authorityPattern);
const numberText = z.union([z.int().nonnegative(), z.string().regex(/^\d{1,20}$/)]).transform(String);
const card = z.string().max(64).transform(maskCard).nullable().catch(null);
const receipt = z.object({
  ref_id: numberText.nullable().default(null).catch(null),
  card_pan: card.default(null),
  card_hash: z
    .string()
    .toUpperCase()
    .regex(/^[0-9A-F]{64}$/)
    .nullable()
    .default(null)
    .catch(null),
  fee: numberText.nullable().default(null).catch(null),
  fee_type: z.string().nullable().default(null).catch(null),
});
const session = z.object({ status: z.enum(['IN_BANK', 'PAID', 'VERIFIED', 'FAILED', 'REVERSED']) });
const unVerifiedList = z.object({
  authorities: z.array(
    z.object({
      authority: z.string(),
      amount: numberText.nullish().catch(null),
      callback_url: z.string().nullish().catch(null),
    }),
  ),
});

/** Our fault, our terminal's, or too many tries: says nothing about the session that was asked about. */
const aboutUs = (code: number) => code === -9 || (code <= -10 && code >= -41);
/** What every operation does with an answer that is not what it hoped for. */
function otherwise(answer: Envelope, isRejection: (code: number) => boolean): Rejected | Unknown {
  if (answer.kind === 'unreadable') return { ...answer, kind: 'unknown' };
  if (answer.kind === 'error' && isRejection(answer.code)) return { kind: 'rejected', code: answer.code };
  return { kind: 'unknown', cause: `code ${answer.code}`, isSilent: false };
}

/** ZarinPal v4 over HTTP. Protocol: zarinpal.com/docs/paymentGateway. Always Rials with `currency` IRR. */
export function createZarinpal(settings: ZarinpalSettings): PaymentGateway {
  const { merchantId, timeoutMs = 10_000 } = settings;
  const baseUrl = settings.baseUrl.replace(/\/+$/, '');
  const publicUrl = (settings.publicUrl ?? baseUrl).replace(/\/+$/, '');
  // Its sandbox hands out other authorities; one of those in production is no money.
  const isOurs = (text: string) =>
    authorityPattern.test(text) && !(text.startsWith('S') && new URL(baseUrl).origin === productionUrl);
  const call = (operation: string, body: object, repeat: boolean, withinMs = timeoutMs) =>
    callGateway(
      `${baseUrl}/pg/v4/payment/${operation}.json`,
      { merchant_id: merchantId, ...body },
      readEnvelope,
      { timeoutMs: Math.min(timeoutMs, withinMs), repeat },
    );

  return {
    name: 'zarinpal',
    payUrl: (one) => `${publicUrl}/pg/StartPay/${one}`,

    async request(order: PaymentOrder): Promise<RequestAnswer> {
      const answer = await call(
        'request',
        {
          amount: Number(order.amountRials),
          currency: 'IRR',
          description: order.description.slice(0, 500),
          callback_url: order.callbackUrl,
          metadata: {
            ...(order.mobile ? { mobile: order.mobile } : {}),
            order_id: order.paymentId,
            // We settle ourselves: money that we did not settle goes back to the payer.
            auto_verify: false,
          },
        },
        false,
        order.withinMs,
      );
      if (answer.kind !== 'data' || answer.code !== 100) return otherwise(answer, () => true);
      const read = z.object({ authority }).safeParse(answer.data);
      if (!read.success || !isOurs(read.data.authority)) return strange('authority');
      return { kind: 'ready', authority: read.data.authority };
    },

    async verify({ authority: one, amountRials }): Promise<VerifyAnswer> {
      if (!isOurs(one)) return { kind: 'rejected', code: -54 };
      const answer = await call('verify', { amount: Number(amountRials), authority: one }, true);
      if (answer.kind === 'data' && (answer.code === 100 || answer.code === 101)) {
        // The code is the money; a receipt that cannot be read takes nothing from it.
        const read = receipt.parse(answer.data);
        return {
          kind: 'paid',
          refNumber: read.ref_id,
          cardNumber: read.card_pan,
          cardHash: read.card_hash,
          // What the payer paid beside the amount is kept from nobody else.
          feeRials: read.fee_type === 'Payer' ? 0n : read.fee === null ? null : BigInt(read.fee),
        };
      }
      if (answer.kind === 'error' && answer.code === -51) return { kind: 'notPaid', code: -51 };
      if (answer.kind === 'error' && (answer.code === -50 || answer.code === -53)) {
        return { kind: 'mismatch', of: answer.code === -50 ? 'amount' : 'session', code: answer.code };
      }
      return otherwise(answer, (code) => code === -54 || code === -55);
    },

    async inquiry(one): Promise<InquiryAnswer> {
      if (!isOurs(one)) return { kind: 'rejected', code: -54 };
      const answer = await call('inquiry', { authority: one }, true);
      if (answer.kind === 'data') {
        const read = session.safeParse(answer.data);
        return read.success ? { kind: 'status', status: read.data.status } : strange('status');
      }
      return otherwise(answer, (code) => !aboutUs(code) && code !== -52);
    },

    async unVerified(): Promise<UnVerifiedAnswer> {
      const answer = await call('unVerified', {}, true);
      if (answer.kind !== 'data' || answer.code !== 100) return otherwise(answer, () => false);
      const read = unVerifiedList.safeParse(answer.data);
      if (!read.success) return strange('list');
      return {
        kind: 'list',
        sessions: read.data.authorities
          // Payment links of the gateway's own panel never went through us.
          .filter((row) => authorityPattern.test(row.authority) && row.callback_url !== 'zarin_link')
          .map((row) => ({
            authority: row.authority,
            amountRials: row.amount == null ? null : BigInt(row.amount),
          })),
      };
    },

    async reverse(one): Promise<ReverseAnswer> {
      if (!isOurs(one)) return { kind: 'rejected', code: -54 };
      const answer = await call('reverse', { authority: one }, false);
      if (answer.kind === 'data' && answer.code === 100) return { kind: 'reversed' };
      if (answer.kind === 'error' && answer.code === -61) return { kind: 'notReversible', code: -61 };
      return otherwise(answer, (code) => [-60, -62, -63, -51, -53, -54].includes(code));
    },
  };
}

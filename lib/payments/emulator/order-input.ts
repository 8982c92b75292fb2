import { z } from 'zod';
import { type GatewayAnswer, refuse } from './answers.ts';
import type { Settings } from './settings.ts';

/** Whole numbers, also as text: the documents' own sample sends one. */
const whole = z.union([
  z.int(),
  z
    .string()
    .regex(/^\d{1,15}$/)
    .transform(Number),
]);
const isWeb = (text: string) => URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);

const orderSchema = z.looseObject({
  merchant_id: z.string().regex(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i),
  amount: whole,
  currency: z.enum(['IRR', 'IRT']).default('IRR'),
  description: z.string().min(1).max(500),
  callback_url: z.string().refine(isWeb),
  referrer_id: z.string().min(1).optional(),
  metadata: z
    .looseObject({
      mobile: z
        .string()
        .regex(/^09\d{9}$/)
        .optional(),
      email: z.string().min(3).optional(),
      order_id: z.string().optional(),
      auto_verify: z.boolean().optional(),
      card_pan: z
        .string()
        .regex(/^[\dXx*]{16}$/)
        .optional(),
    })
    .default({}),
  expire_in: z.unknown().optional(),
  wages: z.unknown().optional(),
});

const wageSchema = z.looseObject({
  iban: z.string().regex(/^IR\d{24}$/),
  amount: whole,
  description: z.string().min(1),
});

export type GatewayOrder = z.output<typeof orderSchema> & { amountIrr: number };

const toValidations = (error: z.ZodError) =>
  error.issues.map(({ path, message }) => ({ [path.join('.') || 'body']: message }));

function refuseWages(wages: unknown, amountIrr: number): GatewayAnswer | null {
  if (wages === undefined || wages === null) return null;
  const read = z.array(wageSchema).safeParse(wages);
  if (!read.success) return refuse(-9, ...toValidations(read.error));
  if (read.data.length > 5) return refuse(-35);
  if (read.data.some(({ amount }) => amount < 10_000)) return refuse(-36);
  const sum = read.data.reduce((total, { amount }) => total + amount, 0);
  return sum * 100 > amountIrr * 99 ? refuse(-34) : null;
}

/** Reads what a request orders, or says why it is refused. */
export function readOrder(body: unknown, settings: Settings): GatewayOrder | GatewayAnswer {
  const read = orderSchema.safeParse(body);
  if (!read.success) return refuse(-9, ...toValidations(read.error));
  const order = read.data;
  const amountIrr = order.currency === 'IRT' ? order.amount * 10 : order.amount;
  if (settings.merchants && !settings.merchants.includes(order.merchant_id)) return refuse(-10);
  if (amountIrr < 1000) return refuse(-9, { amount: 'The amount must be at least 1000.' });
  if (amountIrr > 1_000_000_000) return refuse(-41);
  if (settings.callbackHost && new URL(order.callback_url).host !== settings.callbackHost) return refuse(-14);
  if (order.expire_in !== undefined && !z.int().positive().safeParse(order.expire_in).success)
    return refuse(-40);
  return refuseWages(order.wages, amountIrr) ?? { ...order, amountIrr };
}

export const isAnswer = (read: GatewayOrder | GatewayAnswer): read is GatewayAnswer => 'ok' in read;

/** What every other operation is sent. */
export const sessionSchema = z.looseObject({
  merchant_id: z.string().length(36),
  authority: z.string().min(1).max(64),
});
export const verifySchema = sessionSchema.extend({ amount: whole });
export const merchantSchema = z.looseObject({ merchant_id: z.string().length(36) });

/** Reads a body by a schema, or refuses with what is wrong. */
export function readBody<Schema extends z.ZodType>(
  schema: Schema,
  body: unknown,
): { ok: true; value: z.output<Schema> } | { ok: false; answer: GatewayAnswer } {
  const read = schema.safeParse(body);
  return read.success
    ? { ok: true, value: read.data }
    : { ok: false, answer: refuse(-9, ...toValidations(read.error)) };
}

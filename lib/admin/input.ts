import { z } from 'zod';
import { legalPages, legalTextAtMost } from '#lib/account/legal/policy.ts';
import { paragraphs, phone } from '#lib/auth/input.ts';
import { suspensionKinds } from '#lib/auth/suspension.ts';
import { parseDay } from '#lib/core/dates.ts';
import { gatewayNames } from '#lib/core/env/payment-env.ts';
import { toAsciiDigits } from '#lib/core/phone.ts';
import { refusalReasons } from '#lib/files/moderation/policy.ts';
import { couponCode } from '#lib/payments/coupon/code.ts';
import { isPayable, maxPayableRials, minPayableRials } from '#lib/payments/policy.ts';
import type { PlanChange } from './plan/store.ts';
import { grantAtMost } from './policy.ts';

export const accountInput = z.strictObject({ kind: z.enum(['user', 'vendor']), id: z.uuid() });

export const suspendInput = accountInput.extend({
  suspendedFor: z.enum(suspensionKinds, 'admin.accounts.suspendedForMissing'),
});

export const noteInput = accountInput.extend({
  note: z.string().trim().min(1, 'admin.accounts.noteMissing').max(300, 'admin.accounts.noteMissing'),
});
export const numberInput = accountInput.extend({ phone });

export const verifyInput = z.strictObject({ id: z.uuid(), isVerified: z.boolean() });

/** A whole number as a form sends it, with Persian digits or Latin ones. */
const wholeText = (least: number, most: number, message: string) =>
  z
    .string()
    .transform((typed) => toAsciiDigits(typed).trim().replaceAll(/[,٬]/g, ''))
    .pipe(z.string().regex(/^-?\d{1,15}$/, message))
    .transform(Number)
    .pipe(z.number().int().min(least, message).max(most, message));

export const whole = (least: number, most: number, message: string) =>
  z
    .union([z.string(), z.number()])
    .transform(String)
    .pipe(wholeText(least, most, message));

export const grantInput = accountInput.extend({
  amount: whole(-grantAtMost, grantAtMost, 'admin.grant.wrong').refine(
    (amount) => amount !== 0,
    'admin.grant.wrong',
  ),
});

/** Prices are typed in Toman, as they are shown, and kept in Rials. */
const priceToman = whole(0, 1_000_000_000_000, 'admin.plan.wrong').refine(
  (toman) => toman === 0 || isPayable(BigInt(toman) * 10n),
  'admin.plan.priceOutside',
);
const planName = z.string().trim().min(1, 'admin.plan.nameMissing').max(60, 'admin.plan.nameMissing');
const planText = z
  .string()
  .trim()
  .max(300, 'admin.plan.descriptionLong')
  .transform((text) => text || null);
const plan = z.strictObject({
  nameFa: planName,
  nameEn: planName,
  descriptionFa: planText,
  descriptionEn: planText,
  priceToman,
  conversions: whole(0, 1_000_000, 'admin.plan.wrong'),
  images: whole(0, 1_000_000, 'admin.plan.wrong'),
  isActive: z.union([z.boolean(), z.enum(['true', 'false']).transform((text) => text === 'true')]),
});

/** A plan as it is kept, from what was typed. */
export function toPlanChange(typed: z.output<typeof plan>): PlanChange {
  const { priceToman: toman, conversions, images, ...rest } = typed;
  return { ...rest, priceRials: BigInt(toman) * 10n, conversionsLimit: conversions, imagesLimit: images };
}

export const planInput = plan.extend({
  id: z.uuid(),
  /** What the plan was when this was written. */
  before: z.string().max(2000),
});

export const newPlanInput = plan.extend({
  name: z
    .string()
    .trim()
    .regex(/^[a-z][a-z0-9_]{1,39}$/, 'admin.plan.shortWrong'),
  audience: z.enum(['user', 'vendor']),
  term: z.enum(['month', 'once']),
  priceToman: priceToman.refine((toman) => toman > 0, 'admin.plan.priceOutside'),
});

/** A day as somebody types it, by either calendar and with either digits. */
export const day = z.string().transform((typed, context) => {
  const begins = parseDay(toAsciiDigits(typed));
  if (begins) return begins;
  context.addIssue('admin.plan.dayWrong');
  return z.NEVER;
});
export const priceInput = z.strictObject({
  id: z.uuid(),
  startsOn: day,
  priceToman: priceToman.refine((toman) => toman > 0, 'admin.plan.priceOutside'),
});
export const dropPriceInput = z.strictObject({ id: z.uuid(), startsAt: z.iso.datetime() });

/** A field that may be left empty. */
export const orNone = <Output>(schema: z.ZodType<Output, string>) =>
  z
    .string()
    .transform((text) => text.trim() || null)
    .pipe(z.union([z.null(), schema]));
const count = wholeText(1, 1_000_000, 'admin.coupons.countWrong');

const sellerCode = (pattern: RegExp, message: string) =>
  orNone(
    z
      .string()
      .transform((typed) => toAsciiDigits(typed).replaceAll(/[\s-]/g, ''))
      .pipe(z.string().regex(pattern, message)),
  );

/** Who sells and with what VAT; the rate as people write it: 10 or 9.5. */
export const termsInput = z.strictObject({
  startsOn: orNone(day),
  vatPercent: z
    .string()
    .transform((typed) => toAsciiDigits(typed).replaceAll('٫', '.').replaceAll('/', '.').trim())
    .pipe(z.string().regex(/^\d{1,2}(\.\d{1,2})?$/, 'admin.books.vatWrong'))
    .transform((text) => Math.round(Number(text) * 100)),
  name: z.string().trim().min(1, 'admin.books.sellerMissing').max(120, 'admin.books.sellerMissing'),
  nationalCode: sellerCode(/^\d{10,11}$/, 'billing.invoice.codeWrong'),
  economicCode: sellerCode(/^\d{11,14}$/, 'billing.invoice.economicWrong'),
  postalCode: sellerCode(/^\d{10}$/, 'billing.invoice.postalWrong'),
  address: orNone(z.string().max(300)),
});

const legalText = paragraphs(legalTextAtMost, 'admin.legal.textLong').refine(
  (text) => text !== '',
  'admin.legal.textMissing',
);

/** A page of law in both languages, from a day on or from now. */
export const legalTextInput = z.strictObject({
  page: z.enum(legalPages),
  fa: legalText,
  en: legalText,
  startsOn: orNone(day),
});
export const legalVersionInput = z.strictObject({ page: z.enum(legalPages), version: z.int().min(1) });

/** Which payments a gateway takes; amounts as they are typed, in Toman. */
const amountToman = whole(
  Number(minPayableRials / 10n),
  Number(maxPayableRials / 10n),
  'admin.gateways.amountWrong',
);
export const gatewayInput = z.strictObject({
  gateway: z.enum(gatewayNames),
  position: whole(1, 9, 'admin.gateways.positionWrong'),
  leastToman: amountToman,
  mostToman: amountToman,
  isOpen: z.enum(['true', 'false']).transform((text) => text === 'true'),
});

/** A file of a settlement report of a gateway as text. */
export const reportInput = z.strictObject({
  gateway: z.enum(gatewayNames),
  name: z.string().trim().min(1).max(200),
  text: z.string().min(1, 'admin.settlements.noLines').max(900_000, 'admin.settlements.tooLong'),
});

/** What fits which kind of code is said where it is made. */
export const couponInput = z.strictObject({
  code: orNone(couponCode),
  kind: z.enum(['percent', 'amount', 'gift']),
  value: whole(1, 100_000_000, 'admin.coupons.valueWrong'),
  planName: orNone(z.string().max(64)),
  audience: orNone(z.enum(['user', 'vendor'])),
  perPerson: count,
  useLimit: orNone(count),
  startsOn: orNone(day),
  endsOn: orNone(day),
});

export const idInput = z.strictObject({ id: z.uuid() });

export const concernInput = idInput.extend({ concern: z.string().min(1).max(60) });
export const strayInput = z.strictObject({ authority: z.string().regex(/^[0-9A-Za-z]{1,64}$/) });

/** What the owner is told. */
const why = z.enum(refusalReasons).default('other');
export const decideReportInput = z.strictObject({
  id: z.uuid(),
  decision: z.enum(['kept', 'removed']),
  why: why.optional(),
});
export const decideCaseInput = z.strictObject({
  id: z.uuid(),
  decision: z.enum(['accepted', 'refused']),
  why,
});
export const takeDownInput = z.strictObject({ id: z.uuid(), why });
export const takeAvatarInput = accountInput.extend({ why });

export const nothingInput = z.strictObject({});

import { z } from 'zod';
import { toAsciiDigits } from '#lib/core/phone.ts';
import { refusalReasons } from '#lib/files/moderation/policy.ts';
import { isPayable } from '#lib/payments/policy.ts';
import { grantAtMost } from './policy.ts';

export const accountInput = z.strictObject({ kind: z.enum(['user', 'vendor']), id: z.uuid() });

export const verifyInput = z.strictObject({ id: z.uuid(), isVerified: z.boolean() });

/** A whole number as a form sends it, with Persian digits or Latin ones. */
const whole = (least: number, most: number, message: string) =>
  z
    .union([z.string(), z.number()])
    .transform((typed) => toAsciiDigits(String(typed)).trim().replaceAll(/[,٬]/g, ''))
    .pipe(z.string().regex(/^-?\d{1,15}$/, message))
    .transform(Number)
    .pipe(z.number().int().min(least, message).max(most, message));

export const grantInput = accountInput.extend({
  amount: whole(-grantAtMost, grantAtMost, 'admin.grant.wrong').refine(
    (amount) => amount !== 0,
    'admin.grant.wrong',
  ),
});

/** Prices are typed in Toman, as they are shown, and kept in Rials. */
export const planInput = z.strictObject({
  id: z.uuid(),
  /** What the plan was when this was written. */
  before: z.string().max(2000),
  displayName: z.string().trim().min(1, 'admin.plan.nameMissing').max(60, 'admin.plan.nameMissing'),
  description: z
    .string()
    .trim()
    .max(300, 'admin.plan.descriptionLong')
    .transform((text) => text || null),
  priceToman: whole(0, 1_000_000_000_000, 'admin.plan.wrong').refine(
    (toman) => toman === 0 || isPayable(BigInt(toman) * 10n),
    'admin.plan.priceOutside',
  ),
  conversionsPerMonth: whole(0, 1_000_000, 'admin.plan.wrong'),
  imagesPerMonth: whole(0, 1_000_000, 'admin.plan.wrong'),
  isActive: z.union([z.boolean(), z.enum(['true', 'false']).transform((text) => text === 'true')]),
});

export const idInput = z.strictObject({ id: z.uuid() });

export const concernInput = idInput.extend({ concern: z.string().min(1).max(60) });
export const strayInput = z.strictObject({ authority: z.string().regex(/^[0-9A-Za-z]{1,64}$/) });

export const transferInput = z.strictObject({
  id: z.uuid(),
  reference: z.string().trim().min(3, 'admin.transfer.missing').max(60, 'admin.transfer.missing'),
});

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

import { z } from 'zod';
import { line } from '#lib/auth/input.ts';
import { toAsciiDigits } from '#lib/core/phone.ts';
import { safeLink } from '../vendor/profile.ts';
import { contactWays } from './kinds.ts';

/** What vendors type about an offer. A message is a key in `messages/`. */

const mostToman = 100_000_000_000;
const mostVariants = 12;
const variantLength = 30;

/** Toman in any digits, with or without separators; rials come out. Empty: one has to ask. */
const price = z
  .string()
  .max(40, 'vendorOffer.wrong.price')
  .transform((text, context) => {
    const typed = toAsciiDigits(text).replace(/[\s,.٬،]/g, '');
    if (typed === '') return null;
    const toman = /^\d{1,12}$/.test(typed) ? Number(typed) : 0;
    if (toman >= 1 && toman <= mostToman) return toman * 10;
    context.addIssue({ code: 'custom', message: 'vendorOffer.wrong.price' });
    return z.NEVER;
  });

/** Sizes or colours in one line, parted by commas of either script; each once. */
const variants = line(400, 'vendorOffer.wrong.variants').transform((text, context) => {
  const all = [...new Set(text.split(/[,،;؛]/).map((one) => one.trim()))].filter(Boolean);
  if (all.length <= mostVariants && all.every((one) => [...one].length <= variantLength)) return all;
  context.addIssue({ code: 'custom', message: 'vendorOffer.wrong.variants' });
  return z.NEVER;
});

const site = z
  .string()
  .max(300, 'vendorOffer.wrong.link')
  .transform((text, context) => {
    if (text.trim() === '') return null;
    const url = safeLink('website', text);
    if (url) return url;
    context.addIssue({ code: 'custom', message: 'vendorOffer.wrong.link' });
    return z.NEVER;
  });

/** An offer with one picture. */
export const offerInput = z
  .strictObject({
    id: z.uuid('errors.notFound'),
    price,
    variants,
    inStock: z.boolean(),
    link: site,
    booking: site,
    contact: z.enum(['', ...contactWays]).transform((way) => way || null),
  })
  .transform(({ price: priceRials, ...offer }) => ({ ...offer, priceRials }));

export const offerIdInput = z.strictObject({ id: z.uuid('errors.notFound') });

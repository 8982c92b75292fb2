import { z } from 'zod';
import { line, paragraphs } from '#lib/auth/input.ts';
import { toAsciiDigits, toInternational } from '#lib/core/phone.ts';
import { reservedHandles } from '../policy.ts';
import { businessKinds } from './kinds.ts';
import { linkKinds, type ProfileLinkKind, safeLink } from './profile.ts';

/** What vendors type about their business. A message is a key in `messages/`. */

/** An empty field is nothing; anything else must be a link that we would show. */
const link = (kind: ProfileLinkKind) =>
  z
    .string()
    .max(300, `vendorProfile.links.wrong.${kind}`)
    .transform((text, context) => {
      if (text.trim() === '') return null;
      const url = safeLink(kind, text);
      if (!url) context.addIssue({ code: 'custom', message: `vendorProfile.links.wrong.${kind}` });
      return url;
    });

/** A number people call, written in any digits and kept in its international form; landlines too. */
const contactPhone = z
  .string()
  .max(40, 'vendorProfile.phoneWrong')
  .transform((text, context) => {
    if (text.trim() === '') return null;
    const number = toInternational(text);
    if (!number) context.addIssue({ code: 'custom', message: 'vendorProfile.phoneWrong' });
    return number;
  });

const email = z
  .string()
  .transform((text) => text.trim())
  .refine((text) => text === '' || z.email().max(120).safeParse(text).success, 'vendorProfile.emailWrong')
  .transform((text) => text || null);

const [website, ...services] = linkKinds;

export const businessInput = z.object({
  businessName: line(80, 'auth.field.businessNameLong').refine(
    (text) => text.length > 0,
    'auth.field.businessNameMissing',
  ),
  bio: paragraphs(300, 'account.profile.bioLong'),
  kind: z.enum(['', ...businessKinds]).transform((kind) => kind || null),
  city: line(60, 'vendorProfile.cityLong').transform((city) => city || null),
  contactPhone,
  email,
  address: line(200, 'vendorProfile.addressLong').transform((text) => text || null),
  website: link(website),
  ...(Object.fromEntries(services.map((kind) => [kind, link(kind)])) as Record<
    (typeof services)[number],
    ReturnType<typeof link>
  >),
});
export type BusinessInput = z.output<typeof businessInput>;

/** An address of one's own: Latin letters in any case, digits in any script, - and _. */
export const handleInput = z.object({
  handle: z
    .string()
    .transform((text) => toAsciiDigits(text).trim().replace(/^@/, '').toLowerCase())
    .refine((handle) => handle.length >= 3 && handle.length <= 30, 'vendorProfile.handle.length')
    .refine((handle) => /^[a-z0-9][a-z0-9_-]*[a-z0-9]$/.test(handle), 'vendorProfile.handle.letters')
    .refine((handle) => !reservedHandles.has(handle), 'vendorProfile.handle.reserved'),
});

import { z } from 'zod';
import { toInternational } from '#lib/core/phone.ts';
import { type BusinessKind, businessKinds } from './kinds.ts';

/**
 * What a business says of itself beyond its name: the typed contents of `vendors.profile_info`,
 * `contact_info` and `social_links`. Forms, the owner's page and the public page read them here alone.
 */

/** Where else a business can be found. `website` may be anywhere, the others at their own host only. */
export const linkKinds = ['website', 'instagram', 'telegram', 'whatsapp', 'bale', 'eitaa'] as const;
export type ProfileLinkKind = (typeof linkKinds)[number];

const hosts: Readonly<Record<Exclude<ProfileLinkKind, 'website'>, { all: readonly string[]; path: RegExp }>> =
  {
    instagram: { all: ['instagram.com', 'www.instagram.com'], path: /^[\w.]{1,30}$/ },
    telegram: { all: ['t.me', 'telegram.me'], path: /^\w{4,32}$/ },
    whatsapp: { all: ['wa.me', 'api.whatsapp.com'], path: /^\d{8,15}$/ },
    bale: { all: ['ble.ir'], path: /^\w{4,32}$/ },
    eitaa: { all: ['eitaa.com'], path: /^\w{4,32}$/ },
  };

/** Says to a search engine and to the page that is opened: the link is the vendor's, not ours. */
export const outwardRel = 'noopener noreferrer nofollow ugc';

/** The address of a number, however it was written: wa.me knows the international form alone. Null for anything else. */
function whatsappAddress(text: string): string | null {
  const url = URL.parse(/^https?:/i.test(text) ? text : `https://${text}`);
  const isTheirs = url !== null && hosts.whatsapp.all.includes(url.hostname);
  const typed = isTheirs ? (url.searchParams.get('phone') ?? url.pathname.slice(1)) : text;
  const number = /^[+\d\u06f0-\u06f9\u0660-\u0669\s().-]+$/.test(typed) ? toInternational(typed) : null;
  const digits = number?.replace('+', '') ?? '';
  return hosts.whatsapp.path.test(digits) ? `https://wa.me/${digits}` : null;
}

/**
 * The https address that somebody means, or null when it is none we would link to. An `@name` or a bare name
 * is completed with the service's host. Addresses with a user part or a port are refused: they hide where they lead.
 */
export function safeLink(kind: ProfileLinkKind, typed: string): string | null {
  const text = typed.trim().replace(/[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g, '');
  if (kind === 'whatsapp') {
    const address = whatsappAddress(text);
    if (address) return address;
  }
  if (kind !== 'website') {
    const name = text.replace(/^@|^\+/, '');
    if (hosts[kind].path.test(name)) return `https://${hosts[kind].all[0]}/${name}`;
  }
  const hasScheme = /^[a-z][a-z\d+.-]*:/i.test(text) && !/^[\w.-]+:\d/.test(text);
  const url = URL.parse(hasScheme ? text : `https://${text}`);
  if (url?.protocol !== 'https:' || url.username || url.password || url.port) return null;
  if (!/^(?=.{4,253}$)([\p{L}\d-]+\.)+[\p{L}][\p{L}\d-]+$/u.test(url.hostname) || url.href.length > 200)
    return null;
  if (kind !== 'website' && !hosts[kind].all.includes(url.hostname)) return null;
  return url.href.replace(/\/$/, '');
}

const optional = <Schema extends z.ZodType>(schema: Schema) => schema.nullable().catch(null);

const profileInfo = z
  .object({ kind: optional(z.enum(businessKinds)), city: optional(z.string().max(60)) })
  .catch({ kind: null, city: null });

const contactInfo = z
  .object({
    phone: optional(z.string().regex(/^\+?\d{5,15}$/)),
    email: optional(z.email().max(120)),
    address: optional(z.string().max(200)),
  })
  .catch({ phone: null, email: null, address: null });

const socialLinks = z.record(z.string(), z.unknown()).catch({});

export type VendorProfile = {
  readonly kind: BusinessKind | null;
  readonly city: string | null;
  /** Digits, with a plus when it is international. */
  readonly phone: string | null;
  readonly email: string | null;
  readonly address: string | null;
  /** Only https, only to the hosts of their kind; in the order they are shown. */
  readonly links: readonly { readonly kind: ProfileLinkKind; readonly url: string }[];
};

/** Reads what is stored; whatever is not as it should be is left out. */
export function readVendorProfile(row: {
  profileInfo: unknown;
  contactInfo: unknown;
  socialLinks: unknown;
}): VendorProfile {
  const links = socialLinks.parse(row.socialLinks);
  return {
    ...profileInfo.parse(row.profileInfo),
    ...contactInfo.parse(row.contactInfo),
    links: linkKinds.flatMap((kind) => {
      const stored = links[kind];
      const url = typeof stored === 'string' ? safeLink(kind, stored) : null;
      return url ? [{ kind, url }] : [];
    }),
  };
}

import { createHash } from 'node:crypto';
import { placesOf } from '#lib/rate-limit/client-address.ts';
import { findVisitSalt } from './store.ts';

/** How long a process believes that it is still the same day. */
const sameDayMs = 30_000;

let known: { readonly day: string; readonly salt: Uint8Array; readonly until: number } | null = null;

/** Who visits, as today's hash: 16 bytes that say nothing once the day's salt is forgotten. */
export type Visitor = { readonly day: string; readonly hash: Uint8Array<ArrayBuffer> };

/**
 * How many visitors of a day one place can be. Browsers tell people behind one address apart, and a script can invent as
 * many as it likes: beyond this they fall together.
 */
const mostOfOnePlace = 16;

/** One of so many browsers, by what it says of itself. */
function browserOf(userAgent: string | null): number {
  return (
    createHash('sha256')
      .update(userAgent ?? '')
      .digest()
      .readUInt32BE() % mostOfOnePlace
  );
}

/** The hash of a visitor: of their place and browser, under the salt of the day (which is the database's). */
export async function hashVisitor(from: { address: string; userAgent: string | null }): Promise<Visitor> {
  if (!known || known.until < Date.now())
    known = { ...(await findVisitSalt()), until: Date.now() + sameDayMs };
  const { day, salt } = known;
  const { address, site } = placesOf(from.address);
  const digest = createHash('sha256')
    .update(salt)
    .update(`visitor|${site ?? address}|${browserOf(from.userAgent)}`)
    .digest();
  return { day, hash: Uint8Array.from(digest.subarray(0, 16)) };
}

/** Cubot is a maker of phones. */
const robots =
  /(?<!cu)bot\b|(?<!cu)bot[/_-]|crawl|spider|slurp|headless|lighthouse|preview|scan|monitor|fetch|facebookexternalhit|whatsapp|curl|wget|python|java\/|go-http|okhttp|axios|node/i;

/** Whether a program says of itself that it is no person's browser. */
export function isRobot(userAgent: string | null): boolean {
  return userAgent === null || userAgent.length < 20 || robots.test(userAgent);
}

import { createHmac } from 'node:crypto';
import type { AccountKind } from '#lib/core/actor.ts';
import { deriveKey } from '#lib/core/secrets.ts';
import { hashBrowser, newBrowserSecret, sameHash } from '../code/codes.ts';

/**
 * The accounts that were signed in to in a browser, kept in a cookie that outlives the session. It opens nothing: a
 * browser that has it only tries passwords and asks for codes on a budget of its own, so that strangers who use up what
 * is meant for unknown browsers do not shut the owner out. Form: a secret of the browser, then one signature of ours
 * for each account.
 */

/** Accounts that one browser is remembered for; the oldest goes first. */
const mostAccounts = 8;
const form = /^[\w-]{32}(?:\.[\w-]{22}){0,8}$/;

type Account = { readonly kind: AccountKind; readonly accountId: string };

function signatureOf({ kind, accountId }: Account, secret: string): string {
  return createHmac('sha256', deriveKey('auth.known-browser'))
    .update(`${kind}|${accountId}|${secret}`)
    .digest()
    .subarray(0, 16)
    .toString('base64url');
}

function read(cookie: string | undefined): { secret: string; signatures: string[] } | null {
  if (!cookie || !form.test(cookie)) return null;
  const [secret = '', ...signatures] = cookie.split('.');
  return { secret, signatures };
}

/** The browser's mark when it is known to an account, to count by; null when it is not. */
export function knownBrowserOf(cookie: string | undefined, account: Account): string | null {
  const known = read(cookie);
  if (!known) return null;
  const right = signatureOf(account, known.secret);
  return known.signatures.some((one) => sameHash(one, right)) ? hashBrowser(known.secret) : null;
}

/** What the cookie holds after somebody was signed in to an account, or proved that they hold its number. */
export function rememberAccount(cookie: string | undefined, account: Account): string {
  const { secret, signatures } = read(cookie) ?? { secret: newBrowserSecret(), signatures: [] };
  const mine = signatureOf(account, secret);
  return [secret, mine, ...signatures.filter((one) => one !== mine)].slice(0, mostAccounts + 1).join('.');
}

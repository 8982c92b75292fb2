import type { Face } from './faces.ts';
import { closedPage, localeOf, missingPage, payPage } from './pay-page.ts';
import type { Settings } from './settings.ts';
import { type EmulatedSession, failSession, findSession, paySession } from './store.ts';

/** Where the payer goes back to, with the gateway's parameters added to whatever stood there. */
export function returnUrl(session: EmulatedSession): string {
  const url = new URL(session.callbackUrl);
  const isPaid = session.status === 'PAID' || session.status === 'VERIFIED';
  const { order_id: orderId = '' } = session.metadata as { order_id?: string };
  const added = /^\d+$/.test(session.authority)
    ? { trackId: session.authority, success: isPaid ? '1' : '0', status: isPaid ? '2' : '3', orderId }
    : { Authority: session.authority, Status: isPaid ? 'OK' : 'NOK' };
  for (const [name, value] of Object.entries(added)) url.searchParams.set(name, value);
  return url.href;
}

const goBack = (session: EmulatedSession) =>
  new Response(null, {
    status: 302,
    headers: { location: returnUrl(session), 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' },
  });

/** The page where one pays. What is settled is not asked again: the payer is sent back as before. */
export async function servePayPage(
  authority: string,
  url: URL,
  face: Face,
  settings: Settings,
): Promise<Response> {
  const session = await findSession('authority', authority);
  if (!session) return missingPage(localeOf(url));
  const isOpen = session.status === 'IN_BANK' || (session.status === 'FAILED' && settings.retryAfterFailed);
  return isOpen ? payPage(session, face, localeOf(url)) : goBack(session);
}

/** Pays, cancels or fails as somebody at the bank would. Done before, it changes nothing. */
export async function settleSession(
  token: string,
  outcome: 'paid' | 'failed',
  settings: Settings,
): Promise<EmulatedSession | null> {
  const session = await findSession('token', token);
  if (!session) return null;
  const { auto_verify: autoVerify = false } = session.metadata as { auto_verify?: boolean };
  const settled =
    outcome === 'paid'
      ? await paySession(token, { autoVerify, mayRetry: settings.retryAfterFailed })
      : await failSession(token);
  return settled ?? session;
}

/** What the links of the page lead to: `status` is OK, NOK, FAILED, or CLOSED for paid and never returned. */
export async function serveVerifyLink(token: string, url: URL, settings: Settings): Promise<Response> {
  const status = url.searchParams.get('status');
  const isPaid = status === 'OK' || status === 'CLOSED';
  const session = await settleSession(token, isPaid ? 'paid' : 'failed', settings);
  if (!session) return missingPage(localeOf(url));
  return status === 'CLOSED' ? closedPage(localeOf(url)) : goBack(session);
}

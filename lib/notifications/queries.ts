import { currentUser, currentVendor, requireUser, requireVendor } from '#lib/auth/door/current.ts';
import { env } from '#lib/core/env/env.ts';
import type { Locale } from '#lib/core/i18n/routing.ts';
import { db } from '#lib/db/client.ts';
import { countUnreadNotices, listNotices, type NoticeView } from './notice/read-notices.ts';
import { listOutboxMessages, type OutboxMessage } from './sms/outbox-store.ts';

/** Messages that would have been sent, newest first; null where messages are really sent. */
export async function listOutbox(): Promise<OutboxMessage[] | null> {
  return env().embedded.sms ? listOutboxMessages(db(), 50) : null;
}

/** What the signed-in user was told. */
export async function listUserNotices(locale: Locale): Promise<NoticeView[]> {
  const { userId } = await requireUser(locale);
  return listNotices({ kind: 'user', accountId: userId });
}

/** What the signed-in vendor was told. */
export async function listVendorNotices(locale: Locale): Promise<NoticeView[]> {
  const { vendorId } = await requireVendor(locale);
  return listNotices({ kind: 'vendor', accountId: vendorId });
}

/** How much of it the signed-in user has not read; nothing for anybody else. */
export async function countUserNotices(): Promise<number> {
  const user = await currentUser();
  return user ? countUnreadNotices({ kind: 'user', accountId: user.userId }) : 0;
}

/** The same for the signed-in vendor. */
export async function countVendorNotices(): Promise<number> {
  const vendor = await currentVendor();
  return vendor ? countUnreadNotices({ kind: 'vendor', accountId: vendor.vendorId }) : 0;
}

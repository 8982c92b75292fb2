import { countUserNotices, countVendorNotices } from '#lib/notifications/queries.ts';
import { NoticeBell } from './notice-bell.tsx';

/** The bell of the signed-in user. */
export async function UserBell() {
  return <NoticeBell unread={await countUserNotices()} href="/notices" />;
}

/** The bell of the signed-in vendor. */
export async function VendorBell() {
  return <NoticeBell unread={await countVendorNotices()} href="/vendor/notices" />;
}

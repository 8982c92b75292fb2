import { requireUser, requireVendor } from '#lib/auth/door/current.ts';
import { decodeCursor } from '#lib/core/cursor.ts';
import type { Locale } from '#lib/core/i18n/routing.ts';
import { type Page, pageOf } from '#lib/core/list-page.ts';
import { leadLimits } from '../policy.ts';
import type { ReceivedQuery } from './input.ts';
import { findOwnLead, listReceived } from './store.ts';
import { type OwnLead, type ReceivedLead, toOwnLead, toReceivedLead } from './view.ts';

/** What the signed-in user sent of one of their conversions; null for nothing. Sends visitors to sign in. */
export async function getOwnLead(locale: Locale, conversionId: string): Promise<OwnLead | null> {
  const { userId } = await requireUser(locale);
  const row = await findOwnLead(userId, conversionId);
  return row && toOwnLead(row);
}

/** A page of what was sent to the signed-in vendor. Sends visitors to sign in. */
export async function getReceived(
  locale: Locale,
  { away: isAway, after }: ReceivedQuery,
): Promise<Page<ReceivedLead>> {
  const { vendorId } = await requireVendor(locale);
  const cursor = decodeCursor('time', after);
  const rows = await listReceived(vendorId, { isAway, after: cursor, limit: leadLimits.aPage + 1 });
  const { items, next } = pageOf(rows, leadLimits.aPage);
  return { items: items.map(toReceivedLead), next };
}

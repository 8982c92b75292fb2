import { z } from 'zod';
import { decodeCursor } from '#lib/core/cursor.ts';
import { type Page, pageOf } from '#lib/core/list-page.ts';
import { parsePhone, toAsciiDigits } from '#lib/core/phone.ts';
import { db } from '#lib/db/client.ts';
import { pageSize } from '../policy.ts';
import { type AnyPaymentFilter, type AnyPaymentRow, listAnyPayments, paymentShows } from './store.ts';

/** What somebody typed: a mobile number, an authority, a receipt number or our own id. */
function readPaymentSearch(typed: string): AnyPaymentFilter['search'] {
  const text = toAsciiDigits(typed.trim()).slice(0, 80);
  if (!text) return null;
  const phone = parsePhone(text);
  if (phone) return { phone };
  return z.uuid().safeParse(text).success ? { id: text } : { number: text };
}

/** The filter that an address carries. */
export function readPaymentFilter({
  q = '',
  show,
}: Readonly<Record<string, string | undefined>>): AnyPaymentFilter {
  return { search: readPaymentSearch(q), show: paymentShows.find((one) => one === show) ?? 'all' };
}

/** Payments of everybody, newest first. */
export async function listPaymentsOfAll(
  filter: AnyPaymentFilter,
  cursor?: string,
): Promise<Page<AnyPaymentRow>> {
  return pageOf(await listAnyPayments(db(), filter, decodeCursor('time', cursor), pageSize + 1), pageSize);
}

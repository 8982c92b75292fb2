import type { AccountKind } from '#lib/core/actor.ts';
import { decodeCursor } from '#lib/core/cursor.ts';
import { type Page, pageOf } from '#lib/core/list-page.ts';
import { parsePhone } from '#lib/core/phone.ts';
import { db } from '#lib/db/client.ts';
import { pageSize } from '../policy.ts';
import {
  type AccountFilter,
  type AccountSearch,
  type ListedAccount,
  listAccountRows,
  statesOf,
} from './store.ts';

/** What somebody typed: a mobile number in any of its forms, or a part of a name or handle. */
export function readAccountSearch(typed: string): AccountSearch {
  const text = typed.trim().slice(0, 80).replace(/^@/, '');
  if (!text) return null;
  const phone = parsePhone(text);
  return phone ? { phone } : { text };
}

/** The filter that an address carries. */
export function readAccountFilter(
  kind: AccountKind,
  { q = '', show }: Readonly<Record<string, string | undefined>>,
): AccountFilter {
  return { search: readAccountSearch(q), state: statesOf[kind].find((one) => one === show) ?? 'all' };
}

/** Accounts of a kind, newest first. */
export async function listAccounts(
  kind: AccountKind,
  filter: AccountFilter,
  cursor?: string,
): Promise<Page<ListedAccount>> {
  return pageOf(
    await listAccountRows(db(), kind, filter, decodeCursor('time', cursor), pageSize + 1),
    pageSize,
  );
}

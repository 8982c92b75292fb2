import type { AccountKind } from '#lib/core/actor.ts';
import { decodeCursor } from '#lib/core/cursor.ts';
import { type Page, pageOf } from '#lib/core/list-page.ts';
import { parsePhone } from '#lib/core/phone.ts';
import { db } from '#lib/db/client.ts';
import { pageSize } from '../policy.ts';
import { type AccountSearch, type ListedAccount, listAccountRows } from './store.ts';

/** What somebody typed: a mobile number in any of its forms, or a part of a name or handle. */
export function readAccountSearch(typed: string): AccountSearch {
  const text = typed.trim().slice(0, 80).replace(/^@/, '');
  if (!text) return null;
  const phone = parsePhone(text);
  return phone ? { phone } : { text };
}

/** Accounts of a kind, newest first. */
export async function listAccounts(
  kind: AccountKind,
  typed: string,
  cursor?: string,
): Promise<Page<ListedAccount>> {
  const search = readAccountSearch(typed);
  return pageOf(
    await listAccountRows(db(), kind, search, decodeCursor('time', cursor), pageSize + 1),
    pageSize,
  );
}

import { z } from 'zod';
import { requireAdmin } from '#lib/auth/door/current.ts';
import { decodeCursor } from '#lib/core/cursor.ts';
import { env } from '#lib/core/env/env.ts';
import type { GatewayName } from '#lib/core/env/payment-env.ts';
import type { Locale } from '#lib/core/i18n/routing.ts';
import { type Page, pageOf } from '#lib/core/list-page.ts';
import { db } from '#lib/db/client.ts';
import { type GatewayRow, listGateways } from '../gateway/store.ts';
import { oddAtMost, pageSize, placeRoles } from '../policy.ts';
import * as settlements from '../settlement/store.ts';
import {
  type BookFilter,
  type BookRow,
  type BookSums,
  listBook,
  listTerms,
  sumBook,
  type Terms,
} from './store.ts';

/** What the pages of the books show. Each asks for itself whether an administrator is there. */

export type BooksView = {
  readonly page: Page<BookRow>;
  readonly sums: BookSums;
  readonly terms: readonly Terms[];
  readonly gateways: readonly GatewayRow[];
};

const gatewaysSetUp = (): readonly GatewayName[] => env().gateways.map(({ name }) => name);

/** The gateways whose reports there may be. */
export async function getReportingGateways(locale: Locale): Promise<readonly GatewayName[]> {
  await requireAdmin(locale, placeRoles.books);
  return gatewaysSetUp();
}

/** What was paid and given back in a month, and the terms it is sold by. */
export async function getBooks(locale: Locale, filter: BookFilter, cursor?: string): Promise<BooksView> {
  await requireAdmin(locale, placeRoles.books);
  const [rows, sums, terms, gateways] = await Promise.all([
    listBook(db(), filter, decodeCursor('time', cursor), pageSize + 1),
    sumBook(db(), filter),
    listTerms(db()),
    listGateways(db(), gatewaysSetUp()),
  ]);
  return { page: pageOf(rows, pageSize), sums, terms, gateways };
}

export type SettlementView = {
  readonly deposits: readonly settlements.DepositRow[];
  readonly odd: readonly settlements.OddLine[];
  readonly unsettled: readonly settlements.UnsettledPayment[];
};

/** Settlement reports of a gateway or of all, newest first. */
export async function getReportsOfGateway(
  locale: Locale,
  gateway: string | null,
  cursor?: string,
): Promise<Page<settlements.ReportRow>> {
  await requireAdmin(locale, placeRoles.books);
  return pageOf(
    await settlements.listReports(db(), gateway, decodeCursor('time', cursor), pageSize + 1),
    pageSize,
  );
}

/** What of one report matches nothing, and what it should have and does not. */
export async function getSettlement(locale: Locale, id: string | undefined): Promise<SettlementView | null> {
  await requireAdmin(locale, placeRoles.books);
  if (!id || !z.uuid().safeParse(id).success) return null;
  const [deposits, odd, unsettled] = await Promise.all([
    settlements.listDeposits(db(), id, oddAtMost),
    settlements.listOddLines(db(), id, oddAtMost),
    settlements.listUnsettled(db(), id, oddAtMost),
  ]);
  return { deposits, odd, unsettled };
}

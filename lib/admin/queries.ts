import { z } from 'zod';
import { type LegalPage, legalPages } from '#lib/account/legal/policy.ts';
import { phoneKey } from '#lib/audit/phone-key.ts';
import { requireAdmin } from '#lib/auth/door/current.ts';
import type { AccountKind } from '#lib/core/actor.ts';
import { decodeCursor } from '#lib/core/cursor.ts';
import type { Locale } from '#lib/core/i18n/routing.ts';
import { type Page, pageOf } from '#lib/core/list-page.ts';
import { parsePhone } from '#lib/core/phone.ts';
import { type Result, succeed } from '#lib/core/result.ts';
import { db } from '#lib/db/client.ts';
import { listModeration } from '#lib/files/review/decide-moderation.ts';
import type { CaseReason, WaitingCase } from '#lib/files/review/store.ts';
import { listTries, type TryRow } from '#lib/notifications/sms/try-store.ts';
import {
  type DayFigures,
  findSnapshot,
  listDays,
  type SystemFigures,
} from '#lib/operations/figures/store.ts';
import { type Checked, checkInvariants } from '#lib/operations/invariant/check-invariants.ts';
import { type Attention, listAttention } from '#lib/payments/attention/list-attention.ts';
import { findRefundEffect, type RefundEffect } from '#lib/payments/refund/store.ts';
import { findQuota, findVendorQuota, type QuotaRow, type VendorQuotaRow } from '#lib/quota/store.ts';
import { checkLimit } from '#lib/rate-limit/check-limit.ts';
import { listSpending, type SpendingState } from '#lib/rate-limit/spending.ts';
import { listAccounts } from './account/list-accounts.ts';
import { listNotes, type NoteRow } from './account/note-store.ts';
import * as accounts from './account/store.ts';
import { listAudit } from './audit/list-audit.ts';
import type { AuditEntry, AuditFilter } from './audit/store.ts';
import { type AnyConversionRow, listAnyConversions } from './conversion/store.ts';
import { type AnyCouponRow, type CouponFilter, listCoupons } from './coupon/store.ts';
import { type GalleryRow, type GalleryState, listGallery } from './gallery/store.ts';
import { findNewestText, type LegalTextRow, listLegalTexts } from './legal/store.ts';
import { findNumberChange, type NumberChange } from './number/store.ts';
import { listPaymentsOfAll } from './payment/search-payments.ts';
import {
  type AnyPaymentFilter,
  type AnyPaymentRow,
  findAnyPayment,
  listAnyPayments,
  type PaymentDetails,
} from './payment/store.ts';
import { type AnyPlanRow, type ComingPrice, listAnyPlans, listComingPrices } from './plan/store.ts';
import { chartDays, newestOfAccount, pageSize, placeRoles } from './policy.ts';
import { listOpenReports, type ReportReason, type ReportRow } from './report/store.ts';

/** What the pages of administration show. Each asks for itself whether an administrator is there. */

export type Overview = {
  readonly snapshot: { readonly figures: SystemFigures; readonly takenAt: Date } | null;
  readonly days: readonly DayFigures[];
};

/** The figures that the worker rolled up last. */
export async function getOverview(locale: Locale): Promise<Overview> {
  await requireAdmin(locale, placeRoles.overview);
  const [snapshot, days] = await Promise.all([findSnapshot(db()), listDays(db(), chartDays)]);
  return { snapshot, days };
}

/** Whether what must always hold does, asked now. It reads whole tables, so it has a budget of its own. */
export async function getInvariants(locale: Locale): Promise<Result<Checked[]>> {
  const { userId } = await requireAdmin(locale, placeRoles.money);
  const account = `admin|${userId}`;
  const room = await checkLimit('admin.check', { account });
  return room.ok ? succeed(await checkInvariants()) : room;
}

/** What costs money with every call, and how much of today's limit is gone. */
export async function getSpending(locale: Locale): Promise<SpendingState[]> {
  await requireAdmin(locale, placeRoles.money);
  return listSpending();
}

export async function getAccounts(
  locale: Locale,
  kind: AccountKind,
  filter: accounts.AccountFilter,
  cursor?: string,
): Promise<Page<accounts.ListedAccount>> {
  await requireAdmin(locale, kind === 'user' ? placeRoles.users : placeRoles.vendors);
  return listAccounts(kind, filter, cursor);
}

export type AccountDetails = {
  /** Who looks. */
  readonly adminId: string;
  readonly account: accounts.ListedAccount;
  readonly quota: QuotaRow | null;
  readonly vendorQuota: VendorQuotaRow | null;
  readonly payments: readonly AnyPaymentRow[];
  readonly conversions: readonly AnyConversionRow[];
  readonly sessions: readonly accounts.SessionRow[];
  readonly grants: readonly accounts.GrantRow[];
  readonly notes: readonly NoteRow[];
  /** What became of messages to its number. */
  readonly messages: readonly TryRow[];
  /** The number that it is to get. */
  readonly number: NumberChange | null;
};

/** One person and what belongs to them, without their pictures; null when there is no such account. */
export async function getAccountDetails(
  locale: Locale,
  kind: AccountKind,
  id: string,
): Promise<AccountDetails | null> {
  const { userId: adminId } = await requireAdmin(
    locale,
    kind === 'user' ? placeRoles.users : placeRoles.vendors,
  );
  if (!z.uuid().safeParse(id).success) return null;
  const account = await accounts.findAccountRow(db(), kind, id);
  if (!account) return null;
  const isUser = kind === 'user';
  const [quota, vendorQuota, payments, conversions, sessions, grants, number, notes, messages] =
    await Promise.all([
      isUser ? findQuota(null, id) : null,
      isUser ? null : findVendorQuota(null, id),
      listAnyPayments(
        db(),
        { search: isUser ? { user: id } : { vendor: id }, show: 'all' },
        null,
        newestOfAccount,
      ),
      isUser ? listAnyConversions(db(), { user: id }, null, newestOfAccount) : [],
      accounts.listSessionRows(db(), kind, id),
      accounts.listGrantRows(db(), kind, id, newestOfAccount),
      findNumberChange(db(), kind, id),
      listNotes(db(), kind, id, newestOfAccount),
      listTries(db(), phoneKey(account.phone), newestOfAccount),
    ]);
  return {
    account,
    adminId,
    quota,
    vendorQuota,
    payments,
    conversions,
    sessions,
    grants,
    number,
    notes,
    messages,
  };
}

/** What became of messages to a number that was searched for, account or not; null when it was no number. */
export async function getMessagesTo(locale: Locale, typed: string): Promise<readonly TryRow[] | null> {
  await requireAdmin(locale, placeRoles.users);
  const phone = parsePhone(typed.trim());
  return phone ? listTries(db(), phoneKey(phone), newestOfAccount) : null;
}

export type VendorGallery = { readonly vendor: accounts.ListedAccount; readonly page: Page<GalleryRow> };

/** Everything a vendor has sent, shown or not, newest first; null when there is no such vendor. */
export async function getVendorGallery(
  locale: Locale,
  id: string,
  state: GalleryState,
  cursor?: string,
): Promise<VendorGallery | null> {
  await requireAdmin(locale, placeRoles.gallery);
  if (!z.uuid().safeParse(id).success) return null;
  const vendor = await accounts.findAccountRow(db(), 'vendor', id);
  if (!vendor) return null;
  return {
    vendor,
    page: pageOf(
      await listGallery(db(), { vendorId: id, state }, decodeCursor('time', cursor), pageSize + 1),
      pageSize,
    ),
  };
}

export async function getPlans(locale: Locale): Promise<{ plans: AnyPlanRow[]; coming: ComingPrice[] }> {
  await requireAdmin(locale, placeRoles.plans);
  const [plans, coming] = await Promise.all([listAnyPlans(db()), listComingPrices(db())]);
  return { plans, coming };
}

/** Codes by their filter, newest first. */
export async function getCoupons(
  locale: Locale,
  filter: CouponFilter,
  cursor?: string,
): Promise<Page<AnyCouponRow>> {
  await requireAdmin(locale, placeRoles.coupons);
  return pageOf(await listCoupons(db(), filter, decodeCursor('time', cursor), pageSize + 1), pageSize);
}

export async function getPaymentsOfAll(
  locale: Locale,
  filter: AnyPaymentFilter,
  cursor?: string,
): Promise<Page<AnyPaymentRow>> {
  await requireAdmin(locale, placeRoles.payments);
  return listPaymentsOfAll(filter, cursor);
}

/** What about payments a person must look at. */
export async function getAttention(locale: Locale, cursor?: string): Promise<Attention> {
  await requireAdmin(locale, placeRoles.payments);
  return listAttention(cursor);
}

/** One payment, and what giving it back would do; null when there is no such payment. */
export async function getAnyPayment(
  locale: Locale,
  id: string,
): Promise<{ payment: PaymentDetails; effect: RefundEffect | null } | null> {
  await requireAdmin(locale, placeRoles.payments);
  if (!z.uuid().safeParse(id).success) return null;
  const [payment, effect] = await Promise.all([findAnyPayment(db(), id), findRefundEffect(db(), id)]);
  return payment && { payment, effect };
}

export async function getReports(
  locale: Locale,
  reason: ReportReason | null,
  cursor?: string,
): Promise<Page<ReportRow>> {
  await requireAdmin(locale, placeRoles.moderation);
  return pageOf(await listOpenReports(db(), reason, decodeCursor('time', cursor), pageSize + 1), pageSize);
}

/** Images that wait for a word, oldest first. */
export async function getWaitingCases(
  locale: Locale,
  reason: CaseReason | null,
  cursor?: string,
): Promise<Page<WaitingCase>> {
  await requireAdmin(locale, placeRoles.moderation);
  return pageOf(await listModeration(pageSize + 1, decodeCursor('time', cursor), reason), pageSize);
}

export async function getAudit(
  locale: Locale,
  filter: AuditFilter,
  cursor?: string,
): Promise<Page<AuditEntry>> {
  await requireAdmin(locale, placeRoles.audit);
  return listAudit(filter, cursor);
}

export type LegalPageView = {
  readonly page: LegalPage;
  readonly versions: readonly LegalTextRow[];
  /** What a new version begins as: the newest words; null before there are any. */
  readonly newest: { readonly fa: string; readonly en: string } | null;
};

/** The pages of law with their versions. */
export async function getLegalPages(locale: Locale): Promise<LegalPageView[]> {
  await requireAdmin(locale, placeRoles.legal);
  const versions = await listLegalTexts(db());
  return Promise.all(
    legalPages.map(async (page) => ({
      page,
      versions: versions.filter((version) => version.page === page),
      newest: await findNewestText(db(), page),
    })),
  );
}

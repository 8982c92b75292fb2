import type { Roles } from '#lib/auth/admin/policy.ts';
import type { AccountKind } from '#lib/core/actor.ts';
import type { TimeCursor } from '#lib/core/cursor.ts';
import { toNationalPhone } from '#lib/core/phone.ts';
import type { Cell } from '#lib/core/table/table.ts';
import { db } from '#lib/db/client.ts';
import { caseReasons, listWaitingCases } from '#lib/files/review/store.ts';
import { readAccountFilter } from '../account/list-accounts.ts';
import { type ListedAccount, listAccountRows } from '../account/store.ts';
import { readAuditFilter } from '../audit/list-audit.ts';
import { listAuditEntries } from '../audit/store.ts';
import { circularStates, listCirculars } from '../circular/store.ts';
import { readConversionFilter } from '../conversion/read-filter.ts';
import { listAnyConversions } from '../conversion/store.ts';
import { readCouponFilter } from '../coupon/read-filter.ts';
import { listCoupons } from '../coupon/store.ts';
import { galleryStates, listGallery } from '../gallery/store.ts';
import { readPaymentFilter } from '../payment/search-payments.ts';
import { listAnyPayments } from '../payment/store.ts';
import { listAnyPlans } from '../plan/store.ts';
import { exportRowsAtMost, placeRoles } from '../policy.ts';
import { listOpenReports, reportReasons } from '../report/store.ts';
import { listReports } from '../settlement/store.ts';

/** The lists of the console as tables that leave the house: the same rows by the same filters as on the page. */

export type ListQuery = Readonly<Record<string, string | undefined>>;

type ExportedList = {
  readonly roles: Roles;
  readonly columns: readonly string[];
  readonly rows: (query: ListQuery) => AsyncIterable<readonly Cell[]>;
};

const batch = 1000;
const words = (text: string) => text.split(' ');

/** Reads a list page by page, as its page does, up to 100,000 rows. */
async function* paged<Row extends { readonly at: string; readonly id: string }>(
  list: (after: TimeCursor | null, limit: number) => Promise<readonly Row[]>,
  cells: (row: Row) => readonly Cell[],
): AsyncGenerator<readonly Cell[]> {
  let after: TimeCursor | null = null;
  for (let sent = 0; sent < exportRowsAtMost; sent += batch) {
    const rows: readonly Row[] = await list(after, batch);
    yield* rows.map(cells);
    const last = rows.at(-1);
    if (!last || rows.length < batch) return;
    after = [last.at, last.id];
  }
}

const iso = (moment: Date | null) => moment?.toISOString() ?? null;
const yes = (is: boolean | null) => (is === null ? null : is ? 'yes' : 'no');

const accountCells = (row: ListedAccount): Cell[] => [
  row.id,
  toNationalPhone(row.phone),
  row.name,
  row.handle,
  row.planName,
  yes(row.isActive),
  yes(row.isVerified),
  row.freeRemaining,
  iso(row.lastLoginAt),
  iso(row.createdAt),
];

const accounts = (kind: AccountKind): ExportedList => ({
  roles: kind === 'user' ? placeRoles.users : placeRoles.vendors,
  columns: words('id mobile name handle plan active verified free_remaining last_sign_in joined'),
  rows: (query) =>
    paged(
      (after, limit) => listAccountRows(db(), kind, readAccountFilter(kind, query), after, limit),
      accountCells,
    ),
});

async function* plans(query: ListQuery): AsyncGenerator<readonly Cell[]> {
  for (const plan of await listAnyPlans(db())) {
    if (query.show === 'offered' ? !plan.isActive : query.show === 'retired' && plan.isActive) continue;
    const { name, audience, isPack, nameFa, nameEn, priceRials, conversionsLimit, imagesLimit } = plan;
    const term = isPack ? 'once' : 'month';
    yield [
      name,
      audience,
      term,
      nameFa,
      nameEn,
      priceRials,
      conversionsLimit,
      imagesLimit,
      yes(plan.isActive),
    ];
  }
}

export const exportedLists = {
  users: accounts('user'),
  vendors: accounts('vendor'),
  payments: {
    roles: placeRoles.payments,
    columns: words(
      'id begun_at paid_at owner_kind mobile plan kind status amount_rials given_back_rials gateway authority ref_number needs_attention',
    ),
    rows: (query) =>
      paged(
        (after, limit) => listAnyPayments(db(), readPaymentFilter(query), after, limit),
        (row) => [
          row.id,
          iso(row.createdAt),
          iso(row.paidAt),
          row.ownerKind,
          toNationalPhone(row.phone),
          row.planName,
          row.kind,
          row.status,
          row.amountRials,
          row.refunds.reduce((sum, { amountRials }) => sum + BigInt(amountRials), 0n),
          row.gateway,
          row.authority,
          row.refNumber,
          row.concerns.map(({ reason }) => reason).join(' '),
        ],
      ),
  },
  conversions: {
    roles: placeRoles.conversions,
    columns: words('id asked_at mobile style status failure engine attempts charge_returned took_ms'),
    rows: (query) =>
      paged(
        (after, limit) => listAnyConversions(db(), readConversionFilter(query), after, limit),
        (row) => [
          row.id,
          iso(row.createdAt),
          toNationalPhone(row.phone),
          row.style,
          row.status,
          row.failureCode,
          row.engine,
          row.attempts,
          yes(row.isReturned),
          row.processingMs,
        ],
      ),
  },
  circulars: {
    roles: placeRoles.circulars,
    columns: words('id made_at audience city shop_kind title_fa title_en told stopped_at finished_at'),
    rows: (query) => {
      const state = circularStates.find((one) => one === query.show) ?? 'all';
      return paged(
        (after, limit) => listCirculars(db(), state, after, limit),
        (row) => [
          row.id,
          iso(row.createdAt),
          row.audience,
          row.city,
          row.shopKind,
          row.titleFa,
          row.titleEn,
          row.told,
          iso(row.stoppedAt),
          iso(row.finishedAt),
        ],
      );
    },
  },
  coupons: {
    roles: placeRoles.coupons,
    columns: words(
      'code kind value plan audience used limit per_person starts_at ends_at retired taken_off_rials',
    ),
    rows: (query) =>
      paged(
        (after, limit) => listCoupons(db(), readCouponFilter(query), after, limit),
        (row) => [
          row.code,
          row.kind,
          row.value,
          row.planName,
          row.audience,
          row.used,
          row.useLimit,
          row.perPerson,
          iso(row.startsAt),
          iso(row.endsAt),
          yes(row.isRetired),
          row.takenOffRials,
        ],
      ),
  },
  plans: {
    roles: placeRoles.plans,
    columns: words('name audience term name_fa name_en price_rials conversions images offered'),
    rows: plans,
  },
  settlements: {
    roles: placeRoles.books,
    columns: words('id read_at file gateway lines deposits unmatched sales_rials fees_rials refunds_rials'),
    rows: (query) =>
      paged(
        (after, limit) => listReports(db(), query.gateway || null, after, limit),
        (row) => [
          row.id,
          iso(row.createdAt),
          row.name,
          row.gateway,
          row.lines,
          row.deposits,
          row.unmatched,
          row.amountRials,
          row.feeRials,
          row.refundRials,
        ],
      ),
  },
  cases: {
    roles: placeRoles.moderation,
    columns: words('id since type file reason'),
    rows: (query) => {
      const reason = caseReasons.find((one) => one === query.why) ?? null;
      return paged(
        (after, limit) => listWaitingCases(limit, after, reason),
        (row) => [row.id, iso(row.createdAt), row.type, row.fileName, row.reason],
      );
    },
  },
  reports: {
    roles: placeRoles.moderation,
    columns: words('id at about shop handle image_id title reason note alike'),
    rows: (query) => {
      const reason = reportReasons.find((one) => one === query.reported) ?? null;
      return paged(
        (after, limit) => listOpenReports(db(), reason, after, limit),
        (row) => [
          row.id,
          iso(row.createdAt),
          row.about,
          row.vendorName,
          row.handle,
          row.imageId,
          row.imageTitle,
          row.reason,
          row.note,
          row.alike,
        ],
      );
    },
  },
  gallery: {
    roles: placeRoles.gallery,
    columns: words('id sent_at title public in_trash moderation'),
    rows: (query) => {
      const state = galleryStates.find((one) => one === query.show) ?? 'all';
      return paged(
        (after, limit) => listGallery(db(), { vendorId: query.vendor ?? '', state }, after, limit),
        (row) => [
          row.id,
          iso(row.createdAt),
          row.title,
          yes(row.isPublic),
          yes(row.isTrashed),
          row.moderation,
        ],
      );
    },
  },
  audit: {
    roles: placeRoles.audit,
    columns: words('at actor_type actor_id action resource resource_id metadata'),
    rows: (query) =>
      paged(
        (after, limit) => listAuditEntries(db(), readAuditFilter(query), after, limit),
        (entry) => [
          entry.createdAt.toISOString(),
          entry.actorType,
          entry.actorId,
          entry.action,
          entry.resource,
          entry.resourceId,
          JSON.stringify(entry.metadata),
        ],
      ),
  },
} as const satisfies Record<string, ExportedList>;

export type ListName = keyof typeof exportedLists;
export const listNames = Object.keys(exportedLists) as [ListName, ...ListName[]];

/** Whose a list is; nobody's but the owner's where there is no such one. */
export function rolesOfList(name: string | null): Roles {
  return listNames.includes(name as ListName) ? exportedLists[name as ListName].roles : ['owner'];
}

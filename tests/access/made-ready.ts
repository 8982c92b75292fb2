import { lockPlan } from '#lib/admin/plan/store.ts';
import { planMark } from '#lib/admin/plan/update-plan.ts';
import { succeed } from '#lib/core/result.ts';
import { transact } from '#lib/db/transact.ts';
import type { OwnDatabase } from '#tests/support/database/test-database.ts';
import { newestCode, newPhone, password } from '#tests/support/identity.ts';
import type { Place } from './use-cases.ts';

/** What has to be so before an action can be granted here, and what it is sent then. */
export type Ready = {
  readonly input?: object;
  /** What the browser was left with on the way. */
  readonly cookies?: Readonly<Record<string, string>>;
};

type Way = {
  readonly place: Place;
  readonly database: OwnDatabase;
  /** Has somebody do something first, and answers with the cookies of their browser. */
  readonly act: (who: Who, key: string, input: object) => Promise<Record<string, string>>;
};

type Who = 'user' | 'vendor' | 'admin' | 'supportAdmin' | 'anonymous';
const reason = 'asked for by phone';

async function askedForCodes({ place, database, act }: Way, kind: 'user' | 'vendor') {
  const title = kind === 'user' ? 'User' : 'Vendor';
  const phone = newPhone();
  const cookies = await act(kind, `account.request${title}PhoneChange`, { phone, password });
  const [account] = await database.query<{ phone: string }>(`SELECT phone FROM ${kind}s WHERE id = $1`, [
    kind === 'user' ? place.userId : place.vendorId,
  ]);
  const code = (await newestCode(database, phone)).code;
  return { cookies, input: { oldCode: (await newestCode(database, account?.phone ?? '')).code, code } };
}

/** So that another code may be asked for at once. */
const minutesGoBy = (database: OwnDatabase) =>
  database.query("UPDATE otps SET created_at = created_at - interval '2 minutes'");

async function coupon(database: OwnDatabase, kind: 'percent' | 'gift', value: number, audience: string) {
  const code = kind === 'gift' ? 'GIFTONCE' : 'WHOLEOFF';
  await database.query(
    `INSERT INTO coupons (code, kind, value, audience, use_limit) VALUES ($1, $2, $3, $4, 3)`,
    [code, kind, value, audience],
  );
  return code;
}

function ofAccount(kind: 'user' | 'vendor'): Record<string, (way: Way) => Promise<Ready>> {
  const title = kind === 'user' ? 'User' : 'Vendor';
  const plan = kind === 'user' ? 'advanced' : 'vendor_pro';
  return {
    [`account.change${title}Phone`]: (way) => askedForCodes(way, kind),
    [`account.resend${title}PhoneCodes`]: async (way) => {
      const { cookies } = await askedForCodes(way, kind);
      await minutesGoBy(way.database);
      return { cookies };
    },
    [`account.delete${title}Account`]: async ({ database }) => {
      await database.unguarded("UPDATE payments SET status = 'expired' WHERE status = 'pending'");
      return { input: { password, confirm: 'delete' } };
    },
    [`payments.start${title}Payment`]: async ({ database }) => ({
      input: { plan, locale: 'fa', payableRials: '0', code: await coupon(database, 'percent', 100, kind) },
    }),
    [`payments.redeem${title}Gift`]: async ({ database }) => ({
      input: { code: await coupon(database, 'gift', 5, kind) },
    }),
  };
}

/** An account whose lost number somebody has asked to change, and as far as `state` says. */
async function numberAsked({ place, database, act }: Way, state: 'asked' | 'agreed' | 'due') {
  const account = { kind: 'user', id: place.otherUserId, reason };
  await act('supportAdmin', 'admin.askNumber', { ...account, phone: newPhone() });
  if (state !== 'asked') await act('admin', 'admin.agreeNumber', account);
  if (state === 'due') {
    await database.unguarded(`UPDATE number_changes SET waits_until = waits_until - interval '49 hours'`);
  }
  return { input: account };
}

/** Of those that the table of doors has sent what changes nothing, or what is refused. */
export const madeReady: Readonly<Record<string, (way: Way) => Promise<Ready>>> = {
  ...ofAccount('user'),
  ...ofAccount('vendor'),
  'conversions.retryConversion': async ({ place, act }) => {
    await act('user', 'conversions.cancelConversion', { id: place.conversionId });
    return { input: { id: place.conversionId } };
  },
  'gallery.chooseCover': async ({ place: { albumId, galleryImageId }, act }) => {
    await act('vendor', 'gallery.fillAlbum', { id: albumId, imageIds: [galleryImageId] });
    return {};
  },
  'gallery.takeFromAlbum': async ({ place: { otherAlbumId, galleryImageId }, act }) => {
    await act('vendor', 'gallery.fillAlbum', { id: otherAlbumId, imageIds: [galleryImageId] });
    return {};
  },
  'gallery.transferImages': async ({ place: { albumId, galleryImageId }, act }) => {
    await act('vendor', 'gallery.fillAlbum', { id: albumId, imageIds: [galleryImageId] });
    return {};
  },
  'gallery.orderImages': async ({ place: { albumId, galleryImageId }, database, act }) => {
    await act('vendor', 'gallery.fillAlbum', { id: albumId, imageIds: [galleryImageId] });
    const [album] = await database.query<{ version: number }>('SELECT version FROM albums WHERE id = $1', [
      albumId,
    ]);
    return { input: { id: albumId, imageIds: [galleryImageId], before: null, version: album?.version } };
  },
  'gallery.restoreImages': async ({ place: { galleryImageId }, act }) => {
    await act('vendor', 'gallery.trashImages', { ids: [galleryImageId] });
    return {};
  },
  'a picture is reported': async ({ place: { galleryImageId }, act }) => {
    await act('vendor', 'gallery.publishImages', { ids: [galleryImageId] });
    return {};
  },
  'admin.updatePlan': async ({ place }) => {
    const plan = await transact(async (tx) => succeed(await lockPlan(tx, place.admin.planId)));
    return plan.ok && plan.value ? { input: { before: planMark(plan.value) } } : {};
  },
  'admin.dropPrice': async ({ place, database, act }) => {
    const { planId } = place.admin;
    await act('admin', 'admin.setPrice', {
      id: planId,
      startsOn: '۱۴۲۰/۰۱/۰۱',
      priceToman: '60000',
      reason,
    });
    const [price] = await database.query<{ at: Date }>(
      'SELECT starts_at AS at FROM plan_prices WHERE plan_id = $1 ORDER BY starts_at DESC LIMIT 1',
      [planId],
    );
    return { input: { id: planId, startsAt: price?.at.toISOString(), reason } };
  },
  'admin.agreeNumber': (way) => numberAsked(way, 'asked'),
  'admin.withdrawNumber': (way) => numberAsked(way, 'agreed'),
  'admin.finishNumber': (way) => numberAsked(way, 'due'),
  'admin.attendStray': async ({ database }) => {
    await database.query("INSERT INTO stray_authorities (authority, amount) VALUES ('S1', 1000)");
    return {};
  },
  'admin.putBack': async ({ place, database, act }) => {
    const id = place.galleryImageId;
    await database.query('DELETE FROM moderation_cases');
    await act('admin', 'admin.takeDown', { id, why: 'stolen', reason });
    return { input: { id } };
  },
  'admin.takeAvatar': async ({ place, act }) => {
    await act('vendor', 'account.changeVendorAvatar', { picture: place.avatar });
    return {};
  },
  'admin.restore': async ({ place: { vendorId: id }, act }) => {
    await act('admin', 'admin.suspend', { kind: 'vendor', id, suspendedFor: 'abuse', reason });
    return {};
  },
};

/** Refused here, and so the second time: each with the code. */
export const refusedHere: Readonly<Record<string, string>> = {
  'auth.signInUser with a wrong password': 'auth.badCredentials',
  // No gateway runs beside these tests.
  'admin.refundPayment': 'state.illegal',
  'admin.refundPart': 'state.illegal',
  // What it was made of is gone here.
  'admin.rerunConversion': 'notFound',
  // Nothing is said or published here yet.
  'admin.retireBanner': 'notFound',
  'admin.stopCircular': 'state.illegal',
  'admin.exportBatch': 'state.illegal',
  'admin.retireBatch': 'state.illegal',
  'admin.withdrawText': 'notFound',
  // No name is looked up beside these tests.
  'webhooks.createUserWebhook': 'input.invalid',
  'webhooks.createVendorWebhook': 'input.invalid',
};

/** Made once more when something else was asked for in between: each is a version, or an announcement, of its own. */
export const madeAnew: readonly string[] = [
  'admin.publishText',
  'admin.createBanner',
  'admin.createCircular',
  'admin.createBatch',
];

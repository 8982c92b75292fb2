import type { AdminRole } from '#lib/auth/admin/policy.ts';
import type { TestDatabase } from '#scripts/rig/database.ts';
import type { World } from './actors.ts';

/** What the doors of administration are opened with: something of somebody else's, of each kind. */
export type AdminPlace = {
  admin: {
    paymentId: string;
    attendedId: string;
    transferId: string;
    failedId: string;
    reportId: string;
    caseId: string;
    planId: string;
    couponId: string;
    takenId: string;
  };
};

export type AdminEntry = {
  for: 'admin';
  /** Whose act it is besides the owner's. */
  roles: readonly AdminRole[];
  input: (place: World & AdminPlace) => unknown;
  opens?: string;
};

const reason = 'asked for by phone';
const of = (roles: readonly AdminRole[], input: AdminEntry['input'], opens?: string): AdminEntry => ({
  for: 'admin',
  roles,
  input,
  ...(opens ? { opens } : {}),
});

const planTyped = {
  nameFa: 'پایه',
  nameEn: 'Basic',
  descriptionFa: '',
  descriptionEn: '',
  priceToman: '50000',
  conversions: '20',
  images: '20',
  isActive: true,
};

const notice = {
  to: 'users',
  titleFa: 'خبر',
  titleEn: 'News',
  textFa: 'متن',
  textEn: 'Text',
};

/** Every door of administration. */
export const adminActions: Record<string, AdminEntry> = {
  'admin.grantQuota': of(['support'], ({ userId }) => ({ kind: 'user', id: userId, amount: '۳', reason })),
  'admin.verifyVendor': of(['moderator'], ({ vendorId }) => ({ id: vendorId, isVerified: false, reason })),
  'admin.updatePlan': of(
    ['finance'],
    ({ admin }) => ({
      id: admin.planId,
      before: 'something else',
      ...planTyped,
      reason,
    }),
    'state.illegal',
  ),
  'admin.createPlan': of(['finance'], () => ({
    ...planTyped,
    name: 'new_plan',
    audience: 'user',
    term: 'month',
    reason,
  })),
  'admin.setPrice': of(['finance'], ({ admin }) => ({
    id: admin.planId,
    startsOn: '۱۴۲۰/۰۱/۰۱',
    priceToman: '60000',
    reason,
  })),
  'admin.dropPrice': of(
    ['finance'],
    ({ admin }) => ({ id: admin.planId, startsAt: '2099-01-01T00:00:00.000Z', reason }),
    'notFound',
  ),
  'admin.createCoupon': of(['finance'], () => ({
    code: 'Nowruz 1406',
    kind: 'percent',
    value: '۲۰',
    planName: 'basic',
    audience: '',
    perPerson: '1',
    useLimit: '',
    startsOn: '',
    endsOn: '1420/01/14',
    reason,
  })),
  'admin.setTerms': of(['finance'], () => ({
    startsOn: '',
    vatPercent: '۱۰',
    name: 'Seller',
    nationalCode: '',
    economicCode: '',
    postalCode: '',
    address: '',
    reason,
  })),
  'admin.previewCircular': of(['support'], () => ({ ...notice, reason })),
  'admin.createCircular': of(['support'], () => ({ ...notice, reason })),
  'admin.stopCircular': of(['support'], ({ vendorId }) => ({ id: vendorId, reason }), 'state.illegal'),
  'admin.createBatch': of(['finance'], () => ({
    name: 'Nowruz',
    size: '3',
    value: '۲',
    audience: 'user',
    startsOn: '',
    endsOn: '',
    reason,
  })),
  'admin.exportBatch': of(['finance'], ({ vendorId }) => ({ id: vendorId, reason }), 'state.illegal'),
  'admin.retireBatch': of(['finance'], ({ vendorId }) => ({ id: vendorId, reason }), 'state.illegal'),
  'admin.createBanner': of(['support'], () => ({
    kind: 'maintenance',
    fa: 'سایت به‌روز می‌شود.',
    en: 'The site is being updated.',
    startsAt: '',
    endsAt: '۱۴۲۰/۰۱/۱۴ ۲۲:۳۰',
    reason,
  })),
  'admin.retireBanner': of(['support'], ({ vendorId }) => ({ id: vendorId, reason }), 'notFound'),
  'admin.setGateway': of(['finance'], () => ({
    gateway: 'zarinpal',
    position: '۱',
    leastToman: '1,000',
    mostToman: '50000000',
    isOpen: 'true',
    reason,
  })),
  'admin.importReport': of(['finance'], () => ({
    gateway: 'zarinpal',
    name: 'report.csv',
    text: 'amount,ref_id\n50000,1',
    reason,
  })),
  'admin.writeNote': of(['support', 'finance', 'moderator'], ({ otherUserId }) => ({
    kind: 'user',
    id: otherUserId,
    note: 'called',
    reason,
  })),
  'admin.askNumber': of(['support'], ({ otherUserId }) => ({
    kind: 'user',
    id: otherUserId,
    phone: '09351234567',
    reason,
  })),
  'admin.agreeNumber': of(
    ['support'],
    ({ vendorId }) => ({ kind: 'vendor', id: vendorId, reason }),
    'notFound',
  ),
  'admin.withdrawNumber': of(
    ['support'],
    ({ vendorId }) => ({ kind: 'vendor', id: vendorId, reason }),
    'notFound',
  ),
  'admin.finishNumber': of(
    ['support'],
    ({ vendorId }) => ({ kind: 'vendor', id: vendorId, reason }),
    'notFound',
  ),
  'admin.retireCoupon': of(['finance'], ({ admin }) => ({ id: admin.couponId, reason })),
  'admin.checkPayment': of(['finance', 'support'], ({ admin }) => ({ id: admin.paymentId, reason })),
  'admin.attendPayment': of(['finance'], ({ admin }) => ({
    id: admin.attendedId,
    concern: 'amount_mismatch',
    reason,
  })),
  'admin.attendStray': of(['finance'], () => ({ authority: 'S1', reason }), 'notFound'),
  'admin.refundPayment': of(['finance'], ({ admin }) => ({ id: admin.paymentId, reason }), 'state.illegal'),
  'admin.refundPart': of(
    ['finance'],
    ({ admin }) => ({ id: admin.paymentId, amountToman: '100', ends: 'false', seenRials: '0', reason }),
    'state.illegal',
  ),
  'admin.noteTransfer': of(['finance'], ({ admin }) => ({
    id: admin.transferId,
    reference: 'PAYA 123',
    reason,
  })),
  'admin.reconcile': of(['finance'], () => ({ reason })),
  'admin.rerunConversion': of(['support'], ({ admin }) => ({ id: admin.failedId, reason }), 'notFound'),
  'admin.decideReport': of(['moderator'], ({ admin }) => ({ id: admin.reportId, decision: 'kept', reason })),
  'admin.decideCase': of(['moderator'], ({ admin }) => ({ id: admin.caseId, decision: 'accepted', reason })),
  'admin.takeDown': of(['moderator'], ({ admin }) => ({ id: admin.takenId, why: 'stolen', reason })),
  'admin.putBack': of(['moderator'], ({ admin }) => ({ id: admin.takenId, reason })),
  'admin.takeAvatar': of(
    ['support', 'moderator'],
    ({ vendorId }) => ({ kind: 'vendor', id: vendorId, why: 'stolen', reason }),
    'notFound',
  ),
  'admin.endAllSessions': of(['support'], ({ vendorId }) => ({ kind: 'vendor', id: vendorId, reason })),
  'admin.publishText': of(['owner'], () => ({ page: 'privacy', fa: 'x', en: 'x', startsOn: '', reason })),
  'admin.withdrawText': of(['owner'], () => ({ page: 'privacy', version: 99, reason }), 'notFound'),
  'admin.suspend': of(['support', 'moderator'], ({ vendorId }) => ({
    kind: 'vendor',
    id: vendorId,
    suspendedFor: 'abuse',
    reason,
  })),
  'admin.restore': of(['support', 'moderator'], ({ vendorId }) => ({ kind: 'vendor', id: vendorId, reason })),
};

/** Something for an administrator to act on. */
export async function adminPlace(database: TestDatabase, world: World): Promise<AdminPlace> {
  const insert = async (statement: string, values: unknown[] = []) =>
    (await database.query<{ id: string }>(statement, values))[0]?.id ?? '';
  const payment = (more: string, values: string) =>
    insert(
      `INSERT INTO payments (user_id, plan_id, amount, callback_url, return_url${more})
       SELECT $1, id, 50000, '/callback', '/return'${values} FROM payment_plans WHERE name = 'basic' RETURNING id`,
      [world.otherUserId],
    );
  const paidId = await payment('', '');
  await database.query('SELECT activate_payment($1)', [paidId]);
  const transferId = await insert(
    `INSERT INTO payment_refunds (payment_id, user_id, method, amount) VALUES ($1, $2, 'transfer', 50000) RETURNING id`,
    [paidId, world.otherUserId],
  );
  return {
    admin: {
      transferId,
      paymentId: await payment('', ''),
      attendedId: await payment(', attention_reason', ", 'amount_mismatch'"),
      takenId: await insert('SELECT id FROM images WHERE vendor_id = $1 LIMIT 1', [world.vendorId]),
      planId: await insert("SELECT id FROM payment_plans WHERE name = 'basic'"),
      couponId: await insert(
        `INSERT INTO coupons (code, kind, value) VALUES ('RETIREME', 'percent', 10) RETURNING id`,
      ),
      failedId: await insert(
        `INSERT INTO user_conversions (user_id, conversion_type, input_file_url, style_name, status, error_message, failure_code, charge_returned_at)
         VALUES ($1, 'free', '/a', 'oil', 'failed', 'x', 'engine', now()) RETURNING id`,
        [world.otherUserId],
      ),
      caseId: await insert(
        `INSERT INTO moderation_cases (image_id, reason)
         SELECT id, 'uncertain' FROM images WHERE vendor_id = $1 LIMIT 1 RETURNING id`,
        [world.vendorId],
      ),
      reportId: await insert(
        `INSERT INTO image_reports (vendor_id, reason, reporter) VALUES ($1, 'other', decode(repeat('00', 16), 'hex')) RETURNING id`,
        [world.otherVendorId],
      ),
    },
  };
}

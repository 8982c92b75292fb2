import type { TestDatabase } from '#scripts/rig/database.ts';
import type { World } from './actors.ts';

/** What the doors of payments need to be opened with. */
export type PaymentPlace = { payments: { user: string; vendor: string } };

/** A payment of each account that never reached the gateway. */
export async function paymentPlace(database: TestDatabase, world: World): Promise<PaymentPlace> {
  const insert = async (column: string, owner: string, plan: string) => {
    const [row] = await database.query<{ id: string }>(
      `INSERT INTO payments (${column}, plan_id, amount, callback_url, return_url)
       SELECT $1, id, 50000, '/callback', '/return' FROM payment_plans WHERE name = $2 RETURNING id`,
      [owner, plan],
    );
    return row?.id ?? '';
  };
  return {
    payments: {
      user: await insert('user_id', world.userId, 'basic'),
      vendor: await insert('vendor_id', world.vendorId, 'vendor_pro'),
    },
  };
}

type PaymentEntry = {
  for: 'user' | 'vendor';
  input: (place: PaymentPlace) => unknown;
  owned: boolean;
  opens?: string;
};

function doorsOf(kind: 'user' | 'vendor'): Record<string, PaymentEntry> {
  const title = kind === 'user' ? 'User' : 'Vendor';
  const plan = kind === 'user' ? 'advanced' : 'vendor_pro';
  const payableRials = kind === 'user' ? '150000' : '100000';
  return {
    [`payments.start${title}Payment`]: {
      for: kind,
      input: () => ({ plan, locale: 'fa', payableRials }),
      owned: false,
      // No gateway runs beside these tests.
      opens: 'payment.gatewayDown',
    },
    [`payments.check${title}Payment`]: {
      for: kind,
      input: ({ payments }) => ({ id: payments[kind] }),
      owned: true,
    },
    [`payments.redeem${title}Gift`]: {
      for: kind,
      input: () => ({ code: 'NOSUCHGIFT' }),
      owned: false,
      opens: 'coupon.unknown',
    },
    [`payments.set${title}Buyer`]: {
      for: kind,
      input: () => ({ name: 'Buyer', nationalCode: '0013542419', economicCode: '', postalCode: '' }),
      owned: false,
    },
    [`payments.set${title}Reminders`]: { for: kind, input: () => ({ wanted: true }), owned: false },
  };
}

/** Every door of payments. */
export const paymentActions: Record<string, PaymentEntry> = { ...doorsOf('user'), ...doorsOf('vendor') };

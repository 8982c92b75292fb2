import { expect, test } from 'vitest';
import { setGateway } from '#lib/admin/gateway/set-gateway.ts';
import { listGateways } from '#lib/admin/gateway/store.ts';
import { db } from '#lib/db/client.ts';
import { listTakers } from '#lib/payments/gateway/store.ts';
import { newAdmin, toldOf } from '#tests/support/admin.ts';
import { must } from '#tests/support/conversions.ts';
import { useShop } from '#tests/support/payments.ts';

const shop = useShop();
process.env.PAYMENT_GATEWAYS = 'zarinpal,zibal';

test('an operator sets turns and amounts of the gateways, with a reason that is kept', async () => {
  const admin = await newAdmin();
  const names = ['zarinpal', 'zibal'] as const;
  const order = async () => (await listGateways(db(), names)).map(({ gateway }) => gateway);
  expect(await order()).toEqual(['zarinpal', 'zibal']);
  const terms = { position: 1, leastRials: 20_000n, mostRials: 500_000_000n, isOpen: true };
  // The first turn is given to one: whoever had it moves on, set before or not.
  const turnOf = async (name: string) =>
    (await listGateways(db(), names)).find(({ gateway }) => gateway === name)?.terms?.position;
  must(await setGateway(admin, 'zibal', terms));
  expect(await order()).toEqual(['zibal', 'zarinpal']);
  expect(await listTakers(db(), names, 50_000n)).toEqual(['zibal', 'zarinpal']);
  must(await setGateway(admin, 'zarinpal', terms));
  expect(await order()).toEqual(['zarinpal', 'zibal']);
  expect([await turnOf('zarinpal'), await turnOf('zibal')]).toEqual([1, 2]);
  must(await setGateway(admin, 'zibal', { ...terms, position: 9 }));
  expect([await turnOf('zarinpal'), await turnOf('zibal')]).toEqual([1, 2]);
  must(await setGateway(admin, 'zarinpal', { ...terms, position: 2, isOpen: false }));
  must(await setGateway(admin, 'zibal', terms));
  must(await setGateway(admin, 'zibal', { ...terms, leastRials: 30_000n }));
  expect(await listGateways(db(), names)).toMatchObject([
    { gateway: 'zibal', terms: { position: 1, leastRials: 30_000, isOpen: true }, isDown: false, pending: 0 },
    { gateway: 'zarinpal', terms: { position: 2, isOpen: false } },
  ]);
  expect(await setGateway(admin, 'zibal', { ...terms, mostRials: 10_000n })).toMatchObject({
    fields: { mostToman: 'admin.gateways.mostWrong' },
  });
  const told = await toldOf(shop().database, admin);
  expect(told.filter(({ action }) => action === 'gateway.terms')).toHaveLength(6);
});

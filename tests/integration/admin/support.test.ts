import { expect, test } from 'vitest';
import { addNote } from '#lib/admin/account/add-note.ts';
import { listNotes } from '#lib/admin/account/note-store.ts';
import { listAccountRows } from '#lib/admin/account/store.ts';
import {
  agreeNumberChange,
  askNumberChange,
  finishNumberChange,
  withdrawNumberChange,
} from '#lib/admin/number/change-number.ts';
import { findNumberChange } from '#lib/admin/number/store.ts';
import { countWaiting } from '#lib/admin/waiting/store.ts';
import { updatePhone } from '#lib/auth/account-store.ts';
import { accountOf } from '#lib/core/actor.ts';
import { db } from '#lib/db/client.ts';
import { newAdmin, reason, toldOf } from '#tests/support/admin.ts';
import { must } from '#tests/support/conversions.ts';
import { newBuyer, noticesOf, useShop } from '#tests/support/payments.ts';

const shop = useShop();
let made = 0;
const newNumber = () => {
  made += 1;
  return `+98935${String(1_000_000 + made)}`;
};
const daysGoBy = (id: string) =>
  shop().database.unguarded(
    `UPDATE number_changes SET waits_until = waits_until - interval '49 hours' WHERE user_id = $1 OR vendor_id = $1`,
    [id],
  );
const phoneOf = async (kind: 'user' | 'vendor', id: string) =>
  (await shop().database.query<{ phone: string }>(`SELECT phone FROM ${kind}s WHERE id = $1`, [id]))[0]
    ?.phone;

test.each(['user', 'vendor'] as const)(
  'the lost number of a %s is changed by two, after two days',
  async (kind) => {
    const [first, second] = [await newAdmin(), await newAdmin()];
    const owner = await newBuyer(kind);
    const { accountId: id } = accountOf(owner);
    const account = { kind, id };
    const phone = newNumber();
    const before = await phoneOf(kind, id);
    must(await askNumberChange(first, { ...account, phone }));
    expect(await askNumberChange(second, { ...account, phone: newNumber() })).toMatchObject({
      code: 'state.illegal',
    });
    expect(await noticesOf(shop(), owner)).toEqual(['phone.ask']);
    // Whoever is to agree sees who asked and how they know; for who asked nothing waits.
    expect(await findNumberChange(db(), kind, id)).toMatchObject({
      askedByPhone: await phoneOf('user', first.userId),
      reason,
    });
    const filter = { search: { phone: before ?? '' }, state: 'number' } as const;
    expect(await listAccountRows(db(), kind, filter, null, 10)).toMatchObject([{ id }]);
    const waitsFor = async (admin: { userId: string }) =>
      (await countWaiting(db(), admin.userId))[`${kind}Numbers`];
    expect([await waitsFor(first), await waitsFor(second)]).toEqual([0, 1]);
    // Not alone, and not by who asked.
    expect(await finishNumberChange(first, account)).toMatchObject({ code: 'number.waits' });
    expect(await agreeNumberChange(first, account)).toMatchObject({ code: 'state.illegal' });
    const agreed = await Promise.all(
      [await newAdmin(), second].map((admin) => agreeNumberChange(admin, account)),
    );
    expect(agreed.filter(({ ok }) => ok)).toHaveLength(1);
    expect(await finishNumberChange(second, account)).toMatchObject({ code: 'number.waits' });
    expect(await findNumberChange(db(), kind, id)).toMatchObject({ state: 'agreed', isDue: false });
    expect([await waitsFor(first), await waitsFor(second)]).toEqual([0, 0]);
    await daysGoBy(id);
    expect([await waitsFor(first), await waitsFor(second)]).toEqual([1, 1]);
    const done = await Promise.all([first, second].map((admin) => finishNumberChange(admin, account)));
    expect(done.filter(({ ok }) => ok)).toHaveLength(1);
    expect(await phoneOf(kind, id)).toBe(phone);
    expect(await findNumberChange(db(), kind, id)).toBeNull();
    expect(await listAccountRows(db(), kind, { search: { phone }, state: 'number' }, null, 10)).toEqual([]);
    const told = (await toldOf(shop().database, first)).map(({ action }) => action);
    expect(told[0]).toBe('phone.ask');
    expect(await noticesOf(shop(), owner)).toEqual(['phone.ask', 'phone.change']);
    const left = await shop().database.query('SELECT 1 FROM old_numbers_to_tell WHERE phone = $1', [before]);
    expect(left).toHaveLength(1);
  },
);

test('it is withdrawn when the owner objects or changes the number, and refused for a number that is taken', async () => {
  const [first, second] = [await newAdmin(), await newAdmin()];
  const id = accountOf(await newBuyer()).accountId;
  const account = { kind: 'user', id } as const;
  const other = accountOf(await newBuyer()).accountId;
  const taken = (await phoneOf('user', other)) ?? '';
  expect(await askNumberChange(first, { ...account, phone: taken })).toMatchObject({
    fields: { phone: 'admin.number.taken' },
  });
  must(await askNumberChange(first, { ...account, phone: newNumber() }));
  must(await withdrawNumberChange(second, account));
  expect(await agreeNumberChange(second, account)).toMatchObject({ code: 'notFound' });

  // The owner has it after all.
  must(await askNumberChange(first, { ...account, phone: newNumber() }));
  must(await agreeNumberChange(second, account));
  const from = (await phoneOf('user', id)) ?? '';
  expect(await updatePhone(db(), 'user', { accountId: id, from, to: newNumber() })).toBe('changed');
  expect(await findNumberChange(db(), 'user', id)).toBeNull();

  // The number got an account while it waited: nothing is done, and it can be withdrawn.
  const wanted = newNumber();
  must(await askNumberChange(first, { ...account, phone: wanted }));
  must(await agreeNumberChange(second, account));
  await daysGoBy(id);
  await shop().database.query('UPDATE users SET phone = $2 WHERE id = $1', [other, wanted]);
  const before = await phoneOf('user', id);
  expect(await finishNumberChange(second, account)).toMatchObject({ code: 'auth.phoneTaken' });
  expect(await phoneOf('user', id)).toBe(before);
  must(await withdrawNumberChange(first, account));
});

test('a note about an account is for administrators, kept as written, and goes with the account', async () => {
  const admin = await newAdmin();
  const id = accountOf(await newBuyer()).accountId;
  must(await addNote(admin, { kind: 'user', id, note: 'called twice' }));
  must(await addNote(admin, { kind: 'user', id, note: 'wants an invoice' }));
  expect((await listNotes(db(), 'user', id, 10)).map(({ note }) => note)).toEqual([
    'wants an invoice',
    'called twice',
  ]);
  expect(await addNote(admin, { kind: 'vendor', id, note: 'x' })).toMatchObject({ code: 'notFound' });
  // The log, which is kept for ever, says that it was written and not what it says.
  expect(JSON.stringify(await toldOf(shop().database, admin))).not.toContain('called twice');
  await shop().database.query('SELECT erase_user($1, $2)', [id, 'hash']);
  expect(await listNotes(db(), 'user', id, 10)).toEqual([]);
});

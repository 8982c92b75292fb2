import { expect, test } from 'vitest';
import { listNoticeSwitches, setNoticeSwitch } from '#lib/account/notice-switches.ts';
import { noticeKinds } from '#lib/notifications/notice/kinds.ts';
import { asUser, asVendor, newUser, newVendor } from '#tests/support/files.ts';
import { useIdentity } from '#tests/support/identity.ts';

const database = useIdentity();

test('a topic is turned off and on for one account alone', async () => {
  const user = asUser((await newUser()).userId);
  const other = asUser((await newUser()).userId);
  const states = async (actor = user) => (await listNoticeSwitches(actor)).map(({ isOn }) => isOn);
  expect(await states()).toEqual([true, true, true]);
  for (const topic of ['conversions', 'quota', 'plans'] as const) {
    expect(await setNoticeSwitch(user, { topic, isOn: false })).toMatchObject({ ok: true });
    // Twice is as good as once.
    expect(await setNoticeSwitch(user, { topic, isOn: false })).toMatchObject({ ok: true });
  }
  expect(await states()).toEqual([false, false, false]);
  expect(await states(other)).toEqual([true, true, true]);
  await setNoticeSwitch(user, { topic: 'quota', isOn: true });
  expect(await states()).toEqual([false, true, false]);
});

test('a vendor gets no notices of conversions', async () => {
  const vendor = asVendor((await newVendor()).vendorId);
  expect((await listNoticeSwitches(vendor)).map(({ topic }) => topic)).toEqual(['quota', 'plans']);
  expect(await setNoticeSwitch(vendor, { topic: 'conversions', isOn: false })).toMatchObject({
    code: 'notFound',
  });
});

test('what concerns safety or money is told whatever is turned off', async () => {
  const constraint = await database().query<{ text: string }>(
    "SELECT pg_get_constraintdef(oid) AS text FROM pg_constraint WHERE conname = 'chk_mute_topic'",
  );
  for (const kind of noticeKinds.filter((one) => /^(session|password|phone|payment)\./.test(one))) {
    expect(constraint[0]?.text).not.toContain(kind.split('.')[0]);
  }
});

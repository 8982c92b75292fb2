import { describe, expect, test } from 'vitest';
import { readAccount } from '#lib/account/export-store.ts';
import { agreeToLegal } from '#lib/account/legal/agree-to-legal.ts';
import { parseLegal, readVersion } from '#lib/account/legal/policy.ts';
import { getLegalText } from '#lib/account/legal/queries.ts';
import { listUnagreed } from '#lib/account/legal/store.ts';
import { publishText, withdrawText } from '#lib/admin/legal/publish-text.ts';
import { listLegalTexts } from '#lib/admin/legal/store.ts';
import { accountOf } from '#lib/core/actor.ts';
import { changes } from '#lib/core/pages/changes.ts';
import { legalScope } from '#lib/db/changes/watch-changes.ts';
import { db } from '#lib/db/client.ts';
import { newAdmin, toldOf } from '#tests/support/admin.ts';
import { must } from '#tests/support/conversions.ts';
import { asUser, asVendor, newUser, newVendor } from '#tests/support/files.ts';
import { useIdentity } from '#tests/support/identity.ts';

const database = useIdentity();

const words = (word: string) => ({ fa: `# عنوان\n\n${word}`, en: `# Title\n\n${word}` });
const publish = async (word: string, startsAt: Date | null = null) =>
  must(await publishText(await newAdmin(), { page: 'terms', ...words(word), startsAt })).version;
const inDays = (days: number) => new Date(Date.now() + days * 86_400_000);
const shown = async (asked: number | null = null) => {
  changes.changed([legalScope]);
  return getLegalText('terms', 'en', asked);
};

describe('a page of law', () => {
  test('is the built-in one, then the version in force; older ones stay to be read', async () => {
    expect(await shown()).toMatchObject({ shown: null, isInForce: true, begun: [], coming: null });
    const admin = await newAdmin();
    expect(await publishText(admin, { page: 'terms', ...words('first'), startsAt: null })).toMatchObject({
      value: { version: 1 },
    });
    expect((await shown()).shown).toMatchObject({ version: 1, state: 'inForce', text: '# Title\n\nfirst' });
    expect(await publish('second')).toBe(2);
    expect((await shown()).shown).toMatchObject({ version: 2, text: '# Title\n\nsecond' });
    expect(await shown(1)).toMatchObject({
      shown: { state: 'before', text: '# Title\n\nfirst' },
      isInForce: false,
    });
    expect((await shown(99)).shown?.version).toBe(2);
    expect(await toldOf(database(), admin)).toMatchObject([
      { action: 'legal.publish', metadata: { page: 'terms', version: 1, reason: expect.any(String) } },
    ]);
  });

  test('announces what is to come, which can be taken back, and keeps what has begun', async () => {
    const admin = await newAdmin();
    const current = await publish('now');
    const coming = await publish('soon', inDays(3));
    expect(await shown()).toMatchObject({ shown: { version: current }, coming: { version: coming } });
    expect((await shown(coming)).shown).toMatchObject({ state: 'toCome' });
    // Nothing begins before what was announced.
    for (const startsAt of [null, inDays(2), inDays(-1)]) {
      expect(await publishText(admin, { page: 'terms', ...words('earlier'), startsAt })).toMatchObject({
        ok: false,
        fields: { startsOn: 'admin.legal.dayWrong' },
      });
    }
    expect(await withdrawText(admin, { page: 'terms', version: current })).toMatchObject({
      code: 'notFound',
    });
    expect(await withdrawText(admin, { page: 'terms', version: coming })).toMatchObject({ ok: true });
    expect(await withdrawText(admin, { page: 'terms', version: coming })).toMatchObject({ code: 'notFound' });
    expect(await shown()).toMatchObject({ shown: { version: current }, coming: null });
    for (const sql of [
      "UPDATE legal_texts SET en = 'other' WHERE page = 'terms'",
      "DELETE FROM legal_texts WHERE page = 'terms'",
      "UPDATE legal_texts SET starts_at = now() + interval '1 day' WHERE page = 'terms'",
    ]) {
      await expect(database().query(sql)).rejects.toMatchObject({ code: 'ST004' });
    }
  });

  test('counts its versions without a gap when many are published at once', async () => {
    const before = (await listLegalTexts(db())).filter(({ page }) => page === 'terms').length;
    const versions = await Promise.all(Array.from({ length: 8 }, (_, at) => publish(`at once ${at}`)));
    expect(versions.sort((a, b) => a - b)).toEqual(Array.from({ length: 8 }, (_, at) => before + 1 + at));
  });

  test('goes with the account of whoever began it, not with its words', async () => {
    const { userId } = await newUser();
    const version = await publish('stays');
    await database().query("UPDATE legal_texts SET created_by = $1 WHERE page = 'terms' AND version = $2", [
      userId,
      version,
    ]);
    await database().query('DELETE FROM users WHERE id = $1', [userId]);
    expect((await shown()).shown).toMatchObject({ version, text: '# Title\n\nstays' });
  });
});

describe('who agreed', () => {
  test('whoever signs up agrees to what is in force; a new version is asked for once, of each account', async () => {
    const early = asUser((await newUser()).userId);
    const version = await publish('in force');
    const late = asUser((await newUser()).userId);
    const vendor = asVendor((await newVendor()).vendorId);
    const missing = async (actor: typeof early | typeof vendor) =>
      (await listUnagreed(db(), accountOf(actor))).map((one) => `${one.page} ${one.version}`);
    expect(await missing(late)).toEqual([]);
    expect(await missing(vendor)).toEqual([]);
    expect(await missing(early)).toEqual([`terms ${version}`]);
    // What is not in force, or not there, is nothing to agree to.
    must(await agreeToLegal(early, [{ page: 'terms', version: version + 1 }]));
    expect(await missing(early)).toEqual([`terms ${version}`]);
    await Promise.all(Array.from({ length: 8 }, () => agreeToLegal(early, [{ page: 'terms', version }])));
    expect(await missing(early)).toEqual([]);
    const kept = await database().query<{ version: number }>(
      'SELECT version FROM legal_consents WHERE user_id = $1 AND version >= $2',
      [early.userId, version],
    );
    expect(kept).toEqual([{ version }]);
    const events = await database().query(
      "SELECT 1 FROM audit_logs WHERE user_id = $1 AND action = 'agreement.record'",
      [early.userId],
    );
    expect(events.length).toBe(1);
    const next = await publish('next');
    for (const actor of [early, late, vendor]) expect(await missing(actor)).toEqual([`terms ${next}`]);
  });
});

test('a text is read as blocks of text alone', () => {
  expect(parseLegal('Lead\r\nof two lines\n\n# Photos\n\n- one\n- two\n\n \n\n<b>not markup</b>')).toEqual([
    { kind: 'paragraph', text: 'Lead of two lines' },
    { kind: 'heading', text: 'Photos' },
    { kind: 'list', items: ['one', 'two'] },
    { kind: 'paragraph', text: '<b>not markup</b>' },
  ]);
  expect(['3', '0', '-1', '1e3', '03', 'x', '9999999', undefined, ['1']].map(readVersion)).toEqual([
    3,
    null,
    null,
    null,
    null,
    null,
    null,
    null,
    null,
  ]);
});

test('an account’s copy of everything says what it agreed to', async () => {
  const version = await publish('exported');
  for (const [kind, accountId] of [
    ['user', (await newUser()).userId],
    ['vendor', (await newVendor()).vendorId],
  ] as const) {
    const { consents } = JSON.parse((await readAccount(kind, accountId)) ?? '{}');
    expect(consents).toEqual([{ page: 'terms', version, agreed_at: expect.any(String) }]);
  }
});

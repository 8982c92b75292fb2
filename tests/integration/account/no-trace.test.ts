import { expect, it } from 'vitest';
import { deleteAccount } from '#lib/account/delete-account.ts';
import { sweepEvents } from '#lib/audit/sweep-events.ts';
import { requestPasswordReset } from '#lib/auth/password/request-password-reset.ts';
import { actorOf } from '#lib/auth/session/open-session.ts';
import { signIn } from '#lib/auth/sign-in.ts';
import { verifyPhone } from '#lib/auth/verify-phone.ts';
import type { AccountActor } from '#lib/core/actor.ts';
import { addGalleryImage, addPhoto } from '#lib/files/upload/add-image.ts';
import { must, pictureOf } from '#tests/support/galleries.ts';
import {
  newAddress,
  newBrowser,
  newestCode,
  otherThan,
  password,
  signUpAndVerify,
  useIdentity,
} from '#tests/support/identity.ts';

const database = useIdentity(1000);

/** Every row of every table, in every schema, that holds a text anywhere; as `schema.table: text`. */
async function rowsWith(traces: Readonly<Record<string, string>>): Promise<string[]> {
  const tables = await database().query<{ name: string }>(
    `SELECT format('%I.%I', table_schema, table_name) AS name FROM information_schema.tables
     WHERE table_type = 'BASE TABLE' AND table_schema NOT IN ('pg_catalog', 'information_schema')`,
  );
  expect(tables.length).toBeGreaterThan(30);
  const found: string[] = [];
  for (const { name } of tables) {
    for (const [what, text] of Object.entries(traces)) {
      const rows = await database().query(
        `SELECT 1 FROM ${name} t WHERE position(lower($1) in lower(t::text)) > 0 LIMIT 1`,
        [text],
      );
      if (rows.length > 0) found.push(`${name}: ${what}`);
    }
  }
  return found;
}

it.each(['user', 'vendor'] as const)(
  'of a %s who leaves, no table keeps a trace but a keyed one',
  async (kind) => {
    const made = await signUpAndVerify(database(), kind);
    const { phone, accountId } = made;
    const actor = actorOf(kind, accountId, made.claims.sid) as AccountActor;
    const [address, agent] = [newAddress(), `TraceBrowser/${accountId.slice(0, 8)}`];
    const device = { address, userAgent: agent };
    const name = `Trace ${accountId.slice(0, 6)}`;
    const bio = `about ${accountId.slice(0, 7)}`;
    // What leaves traces: signing in, failing to, asking for codes, typing wrong ones, pictures, a profile.
    must(await signIn({ kind, phone, password, device, replaces: null }));
    await signIn({ kind, phone, password: 'wrong', device, replaces: null });
    const browserHash = newBrowser();
    await requestPasswordReset({ kind, phone, browserHash, address });
    const { code } = await newestCode(database(), phone);
    await verifyPhone({ kind, code: otherThan(code), browserHash, device, replaces: null });
    await database().query(
      kind === 'user'
        ? 'UPDATE users SET name = $2, bio = $3 WHERE id = $1'
        : 'UPDATE vendors SET business_name = $2, bio = $3 WHERE id = $1',
      [accountId, name, bio],
    );
    const source = await pictureOf();
    const fileName = `trace-${accountId.slice(0, 5)}.jpg`;
    const image = must(
      kind === 'user'
        ? await addPhoto({ userId: accountId, fileName, source })
        : await addGalleryImage({ vendorId: accountId, fileName, source }),
    );
    const traces = {
      'the number': phone,
      'the number as people write it': phone.slice(3),
      'seven digits of it': phone.slice(-7),
      'its beginning': phone.slice(0, 9),
      'the first address': made.address,
      'another address': address,
      'the browser': agent,
      'the name': name,
      'what they said of themselves': bio,
      'the name of a file': fileName,
      'the address of a picture': image.url,
    };
    // The search finds what is there: otherwise it would prove nothing.
    const before = await rowsWith(traces);
    for (const what of Object.keys(traces)) {
      expect(
        before.some((row) => row.endsWith(`: ${what}`)),
        what,
      ).toBe(true);
    }
    must(await deleteAccount(actor, { password }));
    const after = await rowsWith(traces);
    // Budgets are counted for an hour under hashes; nothing else names the number.
    expect(after).toEqual([]);
  },
);

it('where an event came from is kept ninety days, and the event itself for years', async () => {
  const { accountId } = await signUpAndVerify(database());
  const origins = () =>
    database().query('SELECT created_at FROM audit_origins WHERE account_id = $1', [accountId]);
  const events = () => database().query('SELECT 1 FROM audit_logs WHERE user_id = $1', [accountId]);
  const [kept, written] = [(await origins()).length, (await events()).length];
  expect(kept).toBeGreaterThan(0);
  await database().query(
    "UPDATE audit_origins SET created_at = now() - interval '89 days' WHERE account_id = $1",
    [accountId],
  );
  await sweepEvents();
  expect(await origins()).toHaveLength(kept);
  await database().query(
    "UPDATE audit_origins SET created_at = now() - interval '91 days' WHERE account_id = $1",
    [accountId],
  );
  await sweepEvents();
  expect([(await origins()).length, (await events()).length]).toEqual([0, written]);
});

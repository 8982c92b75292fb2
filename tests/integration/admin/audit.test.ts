import { expect, test } from 'vitest';
import { suspendAccount } from '#lib/admin/account/suspend-account.ts';
import { listAudit, readAuditFilter } from '#lib/admin/audit/list-audit.ts';
import { exportList } from '#lib/admin/export/export-list.ts';
import { newAdmin, toldOf } from '#tests/support/admin.ts';
import { must } from '#tests/support/conversions.ts';
import { newVendor } from '#tests/support/files.ts';
import { useIdentity } from '#tests/support/identity.ts';

const database = useIdentity();

test('the log is found by action, by who did it and by whom it was done to, and paged through once', async () => {
  const admin = await newAdmin();
  const { vendorId } = await newVendor();
  must(await suspendAccount(admin, { kind: 'vendor', id: vendorId, suspendedFor: 'abuse' }));
  await database().query(
    `INSERT INTO audit_logs (actor_type, action, metadata, resource, resource_id, user_id)
     SELECT 'user', 'image.add', '{}', 'image', gen_random_uuid()::text, $1 FROM generate_series(1, 65)`,
    [admin.userId],
  );
  for (const query of [
    { account: vendorId },
    { target: vendorId },
    { by: 'admin' },
    { action: 'account.suspend' },
    { account: admin.userId, action: 'account.suspend' },
  ]) {
    const { items } = await listAudit(readAuditFilter(query));
    expect(
      items.map(({ resourceId }) => resourceId),
      JSON.stringify(query),
    ).toEqual([vendorId]);
  }
  const seen: string[] = [];
  for (let cursor: string | undefined, more = true; more; ) {
    const page = await listAudit(readAuditFilter({ account: admin.userId }), cursor);
    seen.push(...page.items.map(({ id }) => id));
    more = page.next !== null;
    cursor = page.next ?? undefined;
  }
  expect(seen).toHaveLength(66);
  expect(new Set(seen).size).toBe(66);
});

test('what is no filter filters nothing', () => {
  expect(readAuditFilter({ action: 'no.such', account: "' OR 1", target: 'x', by: 'me' })).toEqual({
    action: undefined,
    byAdmin: false,
    account: undefined,
    target: undefined,
  });
});

test('the export holds every row that fits, and that it was taken along is in the log', async () => {
  const admin = await newAdmin();
  await database().query(
    `INSERT INTO audit_logs (actor_type, action, metadata, user_id)
     SELECT 'user', 'session.create', jsonb_build_object('note', 'a "quoted", word; a second'), $1 FROM generate_series(1, 2300)`,
    [admin.userId],
  );
  const stream = must(
    await exportList(
      admin,
      'audit',
      { action: 'session.create', account: admin.userId },
      { format: 'csv', locale: 'en' },
    ),
  );
  const lines = (await new Response(stream).text()).trimEnd().split('\r\n');
  expect(lines[0]).toBe('at,actor_type,actor_id,action,resource,resource_id,metadata');
  expect(lines).toHaveLength(2301);
  // As a spreadsheet reads it that takes commas, semicolons and tabs for the ends of cells: seven of them in each row.
  for (const one of lines) expect(one.match(/(?:^|[,;\t])(?:"(?:[^"]|"")*"|[^",;\t]*)/g)).toHaveLength(7);
  expect(lines[1]).toContain('"{""note"":""a \\""quoted\\"", word; a second""}"');
  expect((await toldOf(database(), admin)).map(({ action }) => action)).toEqual(['list.export']);
});

import { randomUUID } from 'node:crypto';
import { globSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { exportList } from '#lib/admin/export/export-list.ts';
import { type ListName, listNames, rolesOfList } from '#lib/admin/export/lists.ts';
import { actAlsoAsSystem, actForRequest, actOutside } from '#lib/db/walls/acting.ts';
import { newPayment } from '#tests/sql/rows.ts';
import { newAdmin, toldOf } from '#tests/support/admin.ts';
import { must } from '#tests/support/conversions.ts';
import { newUser, newVendor } from '#tests/support/files.ts';
import { useIdentity } from '#tests/support/identity.ts';

const database = useIdentity();

/** Pages of the console that show a list: one that goes on, or a short one with a filter. */
const listed = globSync('app/**/admin/**/page.tsx')
  .map((path) => ({ path, text: readFileSync(path, 'utf8') }))
  .filter(({ text }) => /<Pager\b|<FilterLinks\b|<SearchBox\b|<\w+Filters\b/.test(text));

const exportsOf = (text: string) =>
  [...text.matchAll(/<ListExport list="(\w+)" query=\{(?:\{([^}]*)\}|kept)\}/g)].map(
    ([, list = '', query = '']) => ({ list, names: query.match(/\b\w+(?=\s*(,|$))/g) ?? [] }),
  );

describe('the lists of the console', () => {
  test('are found, each with its file', () => {
    const shown = listed.flatMap(({ text }) => exportsOf(text).map(({ list }) => list));
    expect(shown.toSorted()).toEqual([...listNames].toSorted());
  });

  test.each(listed)('$path filters, keeps its filter in the address, and leaves as a file', ({ text }) => {
    expect(text).toMatch(/<FilterLinks\b|<AuditFilters\b|<BookFilters\b/);
    const files = exportsOf(text);
    expect(files.length > 0 || text.includes('<BookExport')).toBe(true);
    const pagers = [...text.matchAll(/<Pager[\s\S]*?listAddress\(([^)]*)\)/g)].map(([, to = '']) => to);
    // What a file goes by stands in the address of the next page as well.
    for (const { names } of files) {
      const isKept = (to: string) =>
        names.filter((name) => name !== 'id' && name !== 'state').every((name) => to.includes(name));
      if (pagers.length > 0) expect(pagers.some(isKept), names.join()).toBe(true);
    }
  });
});

const csv = { format: 'csv', locale: 'fa' } as const;

async function linesOf(list: ListName, query: Record<string, string> = {}): Promise<string[]> {
  const file = new Response(must(await exportList(await newAdmin(), list, query, csv)));
  const bytes = new Uint8Array(await file.arrayBuffer());
  // Excel reads UTF-8 only behind this mark.
  expect([...bytes.slice(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
  return new TextDecoder().decode(bytes).trimEnd().split('\r\n');
}

test.each(listNames)('the list %s leaves with as many cells in each row as it has columns', async (list) => {
  await newUser();
  const { vendorId } = await newVendor();
  const [columns = '', ...rows] = await linesOf(list, list === 'gallery' ? { vendor: vendorId } : {});
  for (const row of rows) {
    const cells = row.match(/(?:^|,)(?:"(?:[^"]|"")*"|[^",]*)/g) ?? [];
    expect(cells, row).toHaveLength(columns.split(',').length);
  }
  expect(rolesOfList(list).length).toBeGreaterThan(0);
});

test('a file holds what its filter says, and that it was taken is in the log', async () => {
  const [active, suspended] = [await newUser(), await newUser()];
  await database().query(
    "UPDATE users SET is_active = false, suspended_for = 'abuse', name = $2 WHERE id = $1",
    [suspended.userId, '=Sara, "x"'],
  );
  const admin = await newAdmin();
  const text = await new Response(must(await exportList(admin, 'users', { show: 'suspended' }, csv))).text();
  expect(text).toContain(suspended.userId);
  expect(text).not.toContain(active.userId);
  // No spreadsheet takes a name for a formula.
  expect(text).toContain(`"'=Sara, ""x"""`);
  expect(await toldOf(database(), admin)).toMatchObject([
    { action: 'list.export', metadata: { list: 'users', show: 'suspended', format: 'csv' } },
  ]);
  expect(await linesOf('payments', { q: randomUUID() })).toHaveLength(1);
});

test('a file that is read when the request is over holds the rows behind the wall', async () => {
  const { userId } = await newUser();
  const payment = await newPayment(database(), { user_id: userId }, 'basic');
  const admin = await newAdmin();
  actOutside('nobody');
  try {
    // As a web server answers: the door lets an administrator in, and the framework reads on outside of it.
    const stream = await actForRequest(async () => {
      actAlsoAsSystem();
      return must(await exportList(admin, 'payments', { q: payment }, csv));
    });
    expect(await new Response(stream).text()).toContain(payment);
  } finally {
    actOutside('system');
  }
});

test('a list leaves as a workbook too, and numbers of telephones are texts in both', async () => {
  const { userId } = await newUser();
  await database().query("UPDATE users SET name = 'نامی با «نشان»' WHERE id = $1", [userId]);
  const xlsx = { format: 'xlsx', locale: 'fa' } as const;
  const file = await new Response(must(await exportList(await newAdmin(), 'users', {}, xlsx))).arrayBuffer();
  // The sheet lies unpacked in it.
  const text = Buffer.from(file).toString('utf8');
  expect(text).toContain('نامی با «نشان»');
  expect(text).toMatch(/<t xml:space="preserve">09\d{2} \d{3} \d{4}<\/t>/);
  const [columns = '', ...rows] = await linesOf('users');
  const at = columns.split(',').indexOf('mobile');
  // With a space neither Excel nor LibreOffice takes it for a number, and nothing has to be put before it.
  for (const row of rows) expect(row.split(',')[at]).toMatch(/^"09\d{2} \d{3} \d{4}"$/);
});

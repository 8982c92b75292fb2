import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const root = new URL('../../../', import.meta.url);
const read = (path: string) => readFileSync(new URL(path, root), 'utf8');

/** Every reason for which a payment is put before a person, as code and database write it. */
function reasons(): string[] {
  const files = readdirSync(new URL('lib/payments/', root), { encoding: 'utf8', recursive: true }).filter(
    (name) => name.endsWith('.ts'),
  );
  const code = files.map((name) => read(`lib/payments/${name}`)).join('\n');
  return [
    ...code.matchAll(/callAttention\([^;]*?'(\w+)'\)/g),
    ...code.matchAll(
      /'(amount_mismatch|foreign_session|unknown_authority|reversed_at_gateway|no_longer_paid)'/g,
    ),
    ...read('prisma/structure.sql').matchAll(/v_attention := '(\w+)'/g),
    ...read('prisma/structure.sql').matchAll(/'(refund_\w+)'::text/g),
  ].map(([, reason = '']) => reason);
}

test.each(['fa', 'en'])('every reason to look at a payment has its sentence (%s)', (locale) => {
  const words: { admin: { payments: { why: Record<string, string> } } } = JSON.parse(
    read(`messages/${locale}.json`),
  );
  const found = [...new Set(reasons())];
  expect(found).toEqual(
    expect.arrayContaining(['refund_unknown', 'credit_period_over', 'account_inactive', 'ref_repeated']),
  );
  expect(found.filter((reason) => !(reason in words.admin.payments.why))).toEqual([]);
});

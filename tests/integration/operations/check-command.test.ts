import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { invariants } from '#lib/db/invariants.ts';
import { root } from '#scripts/steps/root.ts';
import { newUser } from '#tests/support/files.ts';
import { useIdentity } from '#tests/support/identity.ts';

const database = useIdentity();

/** The command as somebody types it, on the database of this test. */
function check() {
  const { status, stdout } = spawnSync(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', 'scripts/check-invariants.ts'],
    { cwd: root, encoding: 'utf8', env: { ...process.env, DATABASE_URL: database().url } },
  );
  return { status, stdout };
}

test('the command ends well when every invariant holds, and with the row that breaks one', async () => {
  const { userId } = await newUser();
  const right = check();
  expect(right.stdout).toContain(`All ${invariants.length} hold.`);
  expect(right.status).toBe(0);
  await database().query('UPDATE users SET free_quota_remaining = 9 WHERE id = $1', [userId]);
  const wrong = check();
  expect(wrong.status).toBe(1);
  expect(wrong.stdout).toContain('RED    free conversions charged');
  expect(wrong.stdout).toContain(userId);
}, 120_000);

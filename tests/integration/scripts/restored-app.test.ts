import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { requestConversion } from '#lib/conversions/request-conversions.ts';
import { gatewaysOf } from '#lib/payments/gateway/choose-gateway.ts';
import { root } from '#scripts/steps/root.ts';
import { must, newPhoto } from '#tests/support/conversions.ts';
import { withEmptyDatabase } from '#tests/support/database/empty-database.ts';
import { begin, clientOf, newBuyer, useShop } from '#tests/support/payments.ts';
import { endProcess, startWorkerProcess } from '#tests/support/processes/worker-process.ts';

const shop = useShop();
const folder = mkdtempSync(join(tmpdir(), 'stayler-restored-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A command as somebody types it. Not awaited in one piece: the gateway that it asks lives in this process. */
async function command(name: string, args: readonly string[], more: Readonly<Record<string, string>>) {
  const child = spawn(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', `scripts/${name}.ts`, ...args],
    { cwd: root, env: { ...process.env, ...more } },
  );
  let text = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (text += chunk));
  const [status] = (await once(child, 'close')) as [number | null];
  return { status, text };
}

/** Several processes of ours, one after the other: for the long run. */
test.runIf(process.env.TEST_FULL)(
  'an installation that lost everything goes on: what waited is painted, what was paid since is found',
  async () => {
    const { database, server } = shop();
    const merchant = { ZARINPAL_MERCHANT_ID: randomUUID(), ZARINPAL_BASE_URL: server.base };
    const buyer = await newBuyer('user');
    const { paymentId, authority } = await begin(
      { ...shop(), gateways: gatewaysOf([clientOf(server, merchant.ZARINPAL_MERCHANT_ID)]) },
      buyer,
      'basic',
    );
    const { actor, imageId } = await newPhoto();
    const { id } = must(await requestConversion(actor, { imageId, style: 'duotone' }));

    const backup = join(folder, 'backup');
    const made = await command('backup', [backup], { DATABASE_URL: database.ownerUrl });
    expect(made.text).toContain(`Backup: ${backup}`);
    expect((await command('backup', ['check', backup], { DATABASE_URL: database.ownerUrl })).text).toContain(
      'Whole: taken',
    );
    // Somebody pays after the backup: of that only the gateway knows.
    await server.pay(authority);

    await withEmptyDatabase(async (client, url) => {
      const elsewhere = {
        DATABASE_URL: url,
        DATABASE_OWNER_URL: url,
        DATA_DIR: join(folder, 'new-machine'),
        ...merchant,
      };
      const restored = await command('restore', [backup], elsewhere);
      expect(restored.text).toContain('Jobs made anew: 1.');
      expect(restored.text).toContain('Everything that must always hold does.');
      expect(restored.status).toBe(0);
      expect(await command('restore', [backup], elsewhere)).toMatchObject({ status: 1 });

      const found = await command('payments', ['reconcile'], elsewhere);
      expect(found.text).toContain('"paid": 1');
      const paid = await client.query('SELECT status FROM payments WHERE id = $1', [paymentId]);
      expect(paid.rows).toEqual([{ status: 'completed' }]);

      process.env.DATA_DIR = elsewhere.DATA_DIR;
      const worker = startWorkerProcess(url);
      await expect
        .poll(
          async () =>
            (await client.query('SELECT status FROM user_conversions WHERE id = $1', [id])).rows[0]?.status,
          { timeout: 60_000, interval: 200 },
        )
        .toBe('completed');
      expect(await endProcess(worker, 'SIGTERM')).toBe(0);
      expect((await command('check-invariants', [], elsewhere)).text).toMatch(/All \d+ hold\./);
    });
  },
  180_000,
);

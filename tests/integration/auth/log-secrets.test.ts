import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { root } from '#scripts/steps/root.ts';
import { useIdentity } from '#tests/support/identity.ts';
import { createSmsProvider, type SmsProvider } from '#tests/support/servers/sms-provider.ts';

const database = useIdentity(1000);
const folder = mkdtempSync(join(tmpdir(), 'stayler-log-'));
let provider: SmsProvider;

beforeAll(async () => {
  provider = await createSmsProvider();
  // It says what it was sent, as a careless one may.
  provider.answer({ status: 500, body: 'cannot send 123456 to 09351234567' });
});
afterAll(async () => {
  await provider.close();
  rmSync(folder, { recursive: true, force: true });
});

it('the log holds no code, password, token, key or whole number, whatever goes wrong', async () => {
  const secretsFile = join(folder, 'secrets.json');
  const child = spawn(
    process.execPath,
    [join(root, 'tests/support/processes/identity-journey.ts'), secretsFile],
    {
      cwd: root,
      env: {
        ...process.env,
        DATABASE_URL: database().url.replace('postgres@', 'postgres:database-secret@'),
        LOG_LEVEL: 'debug',
        SMS_PROVIDER: 'kavenegar',
        KAVENEGAR_API_KEY: 'kavenegar-secret',
        KAVENEGAR_TEMPLATE: 't',
        KAVENEGAR_BASE_URL: provider.url,
        SMS_FALLBACK_PROVIDER: 'smsir',
        SMSIR_API_KEY: 'smsir-secret',
        SMSIR_TEMPLATE_ID: '1',
        SMSIR_BASE_URL: 'http://127.0.0.1:9',
      },
    },
  );
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk));
  expect(await new Promise((resolve) => child.once('exit', resolve)), output).toBe(0);
  const { code, tokens, national, ...others } = JSON.parse(readFileSync(secretsFile, 'utf8'));
  expect(output.split('\n').length).toBeGreaterThan(5);
  const keys = ['kavenegar-secret', 'smsir-secret', 'database-secret', process.env.NEXTAUTH_SECRET];
  for (const secret of [code, national, ...tokens, ...Object.values(others), ...keys]) {
    expect(output).not.toContain(secret);
  }
});

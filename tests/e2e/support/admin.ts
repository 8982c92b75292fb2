import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { Secret, TOTP } from 'otpauth';
import type { Page } from 'playwright/test';
import type { AdminRole } from '#lib/auth/admin/policy.ts';
import { checkPage } from './check-page.ts';
import { expect } from './test.ts';
import { type Locale, path, words } from './words.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));

/** Makes somebody an administrator, by the command that operators use. */
export function grant(phone: string, role: AdminRole = 'owner'): void {
  const { status, stderr } = spawnSync(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', 'scripts/admin-grant.ts', phone, '--role', role],
    { cwd: root, encoding: 'utf8' },
  );
  if (status !== 0) throw new Error(`nobody was made an administrator: ${stderr}`);
}

/**
 * Sets the second factor up, as an administrator does who comes to the console for the first time. Its secret, and the
 * code used.
 */
export async function enrol(page: Page, locale: Locale): Promise<{ secret: string; used: string }> {
  await page.goto(path(locale, '/admin'));
  await expect(page).toHaveURL(/\/admin\/factor/);
  await checkPage(page, path(locale, '/admin/factor'));
  await page.getByRole('button', { name: words(locale, 'admin.factor.enrol.begin'), exact: true }).click();
  const secret = (await page.locator('[data-secret]').innerText()).replace(/\s/g, '');
  const used = codeOf(secret);
  await page.locator('[name=code]').fill(used);
  await page.locator('[type=submit]').click();
  await expect(page.locator('[data-recovery]')).toHaveCount(10);
  await page.getByRole('button', { name: words(locale, 'admin.factor.recovery.go'), exact: true }).click();
  await expect(page).toHaveURL(new RegExp(`${path(locale, '/admin')}$`));
  return { secret, used };
}

/** The code of a secret so many half minutes from now. */
export const codeOf = (secret: string, steps = 0) =>
  new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: Date.now() + steps * 30_000 });

/** Opens an act's dialog, says why, and does it. */
export async function act(page: Page, locale: Locale, name: string, reason: string): Promise<void> {
  await page.getByRole('button', { name: words(locale, `admin.acts.${name}.open`), exact: true }).click();
  const dialog = page.getByRole('dialog');
  await dialog.locator('[name=reason]').fill(reason);
  await dialog.locator('[type=submit]').click();
  await expect(dialog).toHaveCount(0);
}

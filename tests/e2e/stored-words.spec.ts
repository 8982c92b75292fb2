import type { Page } from 'playwright/test';
import { newAccount } from './support/account.ts';
import { expect, test } from './support/test.ts';
import { fullOnly } from './support/tier.ts';
import { fillIn, newPictures, signUpVendor } from './support/vendor.ts';
import { path, words } from './support/words.ts';

const script = `"><img src=x onerror=alert(1)><script>alert(2)</script>`;
/** Markup, a text turned around, and what would end a script, an attribute or a comment. */
const evil = (name: string) => `\u202e${name} ${script}'&lt;!--</script>{{7*7}}\u2066`;
const seen = (name: string) => `${name} ${script}'&lt;!--</script>{{7*7}}`;
const turning = /[\u202a-\u202e\u2066-\u2069]/;

async function save(page: Page, field: string): Promise<void> {
  await page.locator(`form:has([name=${field}]) [type=submit]`).click();
}

test(
  'whatever a vendor writes anywhere is text, on every page and in what other sites are told',
  fullOnly(true),
  async ({ page, browser }) => {
    test.setTimeout(240_000);
    const account = newAccount();
    const mark = `w${account.phone.slice(-8)}`;
    await signUpVendor(page, 'en', { ...account, businessName: evil(`فروشگاه ${mark}`).slice(0, 80) });
    await page.goto('/en/vendor/profile');
    await fillIn(page, 'handle', mark);
    await expect(page.locator(`a[href="/en/g/${mark}"]`).first()).toBeAttached();
    await page.locator('[name=bio]').fill(evil('دربارهٔ ما'));
    await page.locator('[name=city]').fill(evil('شیراز').slice(0, 60));
    await page.locator('[name=website]').fill('javascript:alert(3)');
    await save(page, 'bio');
    await expect(page.getByText(words('en', 'vendorProfile.links.wrong.website'))).toBeVisible();
    await page.locator('[name=website]').fill(`example.com/?q=${encodeURIComponent(script)}`);
    await save(page, 'bio');
    await expect(page.getByText(new RegExp(words('en', 'account.profile.saved')))).toBeVisible();

    await page.goto('/en/vendor/albums');
    await fillIn(page, 'title', evil('آلبوم').slice(0, 80));
    await expect(page).toHaveURL(/\/vendor\/albums\/[0-9a-f-]{36}$/);
    const album = `/g/${mark}/${page.url().split('/').at(-1)}`;
    const [first] = await newPictures(1);
    if (!first) throw new Error('no picture was made');
    await page.locator('[name=file]').setInputFiles([{ ...first, name: `\u202egpj.${script}.jpg` }]);
    const cards = page
      .getByRole('list', { name: words('en', 'library.gallery.list'), exact: true })
      .getByRole('listitem');
    await expect(cards).toHaveCount(1, { timeout: 60_000 });
    await cards.getByRole('button').first().click();
    const editor = page.getByRole('dialog');
    await editor.locator('[name=title]').fill(evil('نقش'));
    await editor.locator('[name=tags]').fill(`<b>${mark}</b>,`);
    await editor.getByRole('button', { name: words('en', 'library.gallery.edit.save') }).click();
    await expect(editor).toHaveCount(0);
    await page.getByRole('button', { name: words('en', 'albums.publish'), exact: true }).click();
    await expect(cards.getByText(words('en', 'library.gallery.public'), { exact: true })).toHaveCount(1);

    const visitor = await browser.newContext();
    const guest = await visitor.newPage();
    const troubles: string[] = [];
    guest.on('dialog', () => troubles.push('a script ran'));
    guest.on('console', (message) => {
      // A refused script is told here.
      if (message.type() === 'error') troubles.push(message.text());
    });
    const tag = `<b>${mark}</b>`;
    const addresses = [
      `/g/${mark}`,
      album,
      `/explore?tag=${encodeURIComponent(tag)}`,
      `/explore?q=${encodeURIComponent(mark)}`,
      `/explore?q=${encodeURIComponent(script)}`,
    ];
    for (const locale of ['fa', 'en'] as const) {
      for (const address of addresses) {
        await guest.goto(path(locale, address));
        await expect(guest.locator('main h1')).toHaveCount(1);
        // No element came of it: neither in the page nor in its head.
        expect(await guest.locator('img[src=x], b, script:text("alert(2)")').count(), address).toBe(0);
        const heads = await guest
          .locator('head meta[content], head title')
          .evaluateAll((all) => all.map((one) => one.getAttribute('content') ?? one.textContent ?? ''));
        expect(heads.filter((text) => turning.test(text))).toEqual([]);
        for (const text of await guest.locator('script[type="application/ld+json"]').allTextContents()) {
          expect(() => JSON.parse(text)).not.toThrow();
        }
      }
    }
    await guest.goto(`/g/${mark}`);
    await expect(guest.getByText(seen('دربارهٔ ما'))).toBeVisible();
    const link = guest.locator('main a[href^="https://example.com"]');
    expect(await link.getAttribute('rel')).toContain('noopener');
    const described = JSON.parse(
      (await guest.locator('script[type="application/ld+json"]').textContent()) ?? '',
    );
    expect(described.mainEntity.description).toBe(seen('دربارهٔ ما'));
    expect(await guest.locator('meta[property="og:description"]').getAttribute('content')).toBe(
      seen('دربارهٔ ما'),
    );
    await guest.goto(`/en${album}`);
    await guest.locator('main a[id^=image-]').first().click();
    await expect(guest.getByRole('dialog').getByRole('heading')).toHaveText(seen('نقش'));
    expect(troubles).toEqual([]);
    await visitor.close();
  },
);

import { lookKinds } from '#lib/gallery/look/kinds.ts';
import { demoHandle } from '#scripts/seed/demo-gallery.ts';
import { newAccount } from './support/account.ts';
import { checkPage } from './support/check-page.ts';
import { expect, test } from './support/test.ts';
import { fullOnly } from './support/tier.ts';
import { newPictures, signUpVendor } from './support/vendor.ts';
import { path, words } from './support/words.ts';

/** In Persian on a phone, in English on a desk. */
const settings = [
  { locale: 'fa', viewport: { width: 360, height: 780 }, hasTouch: true },
  { locale: 'en', viewport: { width: 1440, height: 900 }, hasTouch: false },
] as const;

for (const { locale, ...screen } of settings) {
  test.describe(`a visitor on a screen of ${screen.viewport.width} px`, () => {
    test.use(screen);

    test(
      `finds a look, turns the pictures, and has it chosen in the studio (${locale})`,
      fullOnly(locale === 'fa'),
      async ({ page }) => {
        test.setTimeout(150_000);
        await page.goto(path(locale, '/'));
        await page
          .getByRole('link', { name: words(locale, 'shell.pages.explore'), exact: true })
          .filter({ visible: true })
          .first()
          .click();
        await expect(page).toHaveURL(new RegExp(`${path(locale, '/explore')}$`));

        // Arabic letters find what was written in Persian ones.
        await page.locator('[name=q]').fill('ايكات');
        await page.keyboard.press('Enter');
        await expect(page).toHaveURL(/\?q=/);
        const look = page.locator('main a[id^=image-]').getByRole('img', { name: /ایکات/ });
        await expect(look).toBeVisible();
        await expect(look).toHaveAttribute('lang', 'fa');
        await expect(page.locator('main')).not.toContainText('ابری و باد');

        // On the vendor's page: open one, turn, go back, and be where one was.
        await page
          .locator(`main a[href="${path(locale, `/g/${demoHandle}`)}"]`)
          .first()
          .click();
        await expect(page.getByRole('heading', { level: 1 })).toContainText('خانهٔ نقش');
        const tiles = page.locator('main a[id^=image-]');
        await expect(tiles).toHaveCount(8);
        const ids = await tiles.evaluateAll((links) => links.map((link) => link.id.slice('image-'.length)));
        await tiles.nth(1).click();
        const lightbox = page.getByRole('dialog');
        await expect(lightbox).toBeVisible();
        await expect(page).toHaveURL(new RegExp(`image=${ids[1]}`));
        await page.keyboard.press(locale === 'fa' ? 'ArrowLeft' : 'ArrowRight');
        await expect(page).toHaveURL(new RegExp(`image=${ids[2]}`));
        await page.keyboard.press('Home');
        await expect(page).toHaveURL(new RegExp(`image=${ids[0]}`));
        await lightbox.getByRole('button', { name: words(locale, 'gallery.next') }).click();
        await expect(page).toHaveURL(new RegExp(`image=${ids[1]}`));
        await page.goBack();
        await expect(lightbox).toHaveCount(0);
        await expect(page).toHaveURL(new RegExp(`${demoHandle}$`));
        await expect(page.locator(`#image-${ids[1]}`)).toBeFocused();

        // The address of an opened picture opens it for others too; a swipe turns it.
        await page.goto(path(locale, `/g/${demoHandle}?image=${ids[3]}`));
        await expect(lightbox).toBeVisible();
        const stage = lightbox.getByRole('img');
        const box = await stage.boundingBox();
        if (!box) throw new Error('no picture is shown');
        const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
        await page.mouse.move(x, y);
        await page.mouse.down();
        await page.mouse.move(x + (locale === 'fa' ? 120 : -120), y + 5, { steps: 4 });
        await page.mouse.up();
        await expect(page).toHaveURL(new RegExp(`image=${ids[4]}`));
        await page.keyboard.press('Escape');
        await expect(lightbox).toHaveCount(0);

        // Tried: it stands chosen in the studio, which is open to visitors.
        await page.locator(`#image-${ids[2]}`).click();
        const tries = lookKinds.map((kind) => words(locale, `looks.try.${kind}`)).join('|');
        await lightbox.getByRole('link', { name: new RegExp(`^(${tries})$`) }).click();
        await expect(page).toHaveURL(new RegExp(`/studio\\?reference=${ids[2]}$`));
        await expect(page.locator('[name=style][value^=reference]').first()).toBeChecked();
      },
    );
  });
}

test('without JavaScript one searches, sees, and comes from a picture to its vendor', async ({ browser }) => {
  const context = await browser.newContext({
    javaScriptEnabled: false,
    viewport: { width: 360, height: 640 },
  });
  const page = await context.newPage();
  await page.goto('/explore');
  // Pictures come soon: on a phone what narrows them is behind one button, which says what is chosen.
  const head = await page.locator('[data-folds]').boundingBox();
  expect(head?.height).toBeLessThan(200);
  const filters = page.locator('main summary');
  await filters.click();
  await page.getByRole('link', { name: words('fa', 'looks.kind.fabric'), exact: true }).click();
  await expect(page).toHaveURL(/\?look=fabric$/);
  await expect(filters).toContainText(words('fa', 'looks.kind.fabric'));
  await expect(page.locator('[name=city]')).toBeHidden();
  await page.locator('[name=q]').fill('کاشی');
  await page.locator('form[role=search] [type=submit]').click();
  await expect(page).toHaveURL(/\/explore\?.*q=/);
  await page.locator(`main a[id^=image-][href*="${demoHandle}"]`).first().click();
  await expect(page).toHaveURL(new RegExp(`/g/${demoHandle}\\?image=`));
  await expect(page.getByRole('heading', { level: 1 })).toContainText('خانهٔ نقش');
  await context.close();
});

test('a picture is reported by anybody: a reason is asked for, and the answer is kind', async ({ page }) => {
  await page.goto(`/en/g/${demoHandle}`);
  await page.locator('main a[id^=image-]').last().click();
  await page.getByRole('button', { name: words('en', 'report.action'), exact: true }).click();
  const dialog = page.getByRole('dialog').filter({ hasText: words('en', 'report.title') });
  await dialog.locator('[type=submit]').click();
  await expect(dialog.getByText(words('en', 'report.reasonMissing'))).toBeVisible();
  await dialog.locator('[name=reason][value=misleading]').check();
  await dialog.locator('[name=note]').fill('a test of the form');
  await dialog.locator('[type=submit]').click();
  await expect(dialog.getByText(words('en', 'report.done'))).toBeVisible();
});

test('what search engines and other sites are told is there, and no more', async ({ page, request }) => {
  await page.goto(`/en/g/${demoHandle}`);
  const href = (rel: string) => page.locator(`link[rel="${rel}"]`).first().getAttribute('href');
  expect(await href('canonical')).toMatch(new RegExp(`/en/g/${demoHandle}$`));
  const languages = await page
    .locator('link[rel=alternate][hreflang]')
    .evaluateAll((links) => links.map((link) => link.getAttribute('hreflang')));
  expect(languages.sort()).toEqual(['en', 'fa', 'x-default']);
  const described = JSON.parse(
    (await page.locator('script[type="application/ld+json"]').textContent()) ?? '',
  );
  expect(described).toMatchObject({ '@type': 'ProfilePage', mainEntity: { name: 'خانهٔ نقش' } });

  // The studio is open to everybody; with something chosen in its address it is nobody's to find.
  const unlisted = async (address: string) =>
    /<meta name="robots" content="noindex/.test(await (await request.get(address)).text());
  expect([await unlisted('/en/studio'), await unlisted('/en/studio?style=noir')]).toEqual([false, true]);

  const map = await (await request.get('/sitemap.xml')).text();
  const part = /\/sitemap\.xml\?vendors=[0-9a-f-]+/.exec(map)?.[0] ?? '';
  expect(await (await request.get(part)).text()).toContain(`/en/g/${demoHandle}</loc>`);
  const robots = await (await request.get('/robots.txt')).text();
  expect(robots).toContain('Disallow: /conversions');
  expect(robots).toMatch(/^Sitemap: http.*\/sitemap\.xml$/m);
});

test(
  'every public page is accessible and fits a phone, with names that try to be more than names',
  fullOnly(true),
  async ({ page, browser }) => {
    test.setTimeout(420_000);
    const evil = '"><img src=x onerror=alert(1)><script>alert(2)</script>';
    const account = newAccount();
    // In one word, which no line breaks by itself.
    const businessName = `"><script>alert(2)</script>${'ن'.repeat(30)}`;
    await signUpVendor(page, 'en', { ...account, businessName });
    page.on('dialog', () => {
      throw new Error('a script of a vendor ran');
    });

    await page.goto('/en/vendor/albums');
    await page.locator('[name=title]').fill(`</script>${evil}`);
    await page.locator('form:has([name=title]) [type=submit]').click();
    await expect(page).toHaveURL(/\/vendor\/albums\/[0-9a-f-]{36}$/);
    const desk = new URL(page.url()).pathname;
    const [first, second] = await newPictures(2);
    if (!first || !second) throw new Error('no pictures were made');
    await page
      .locator('[name=file]')
      .setInputFiles([{ ...first, name: '<svg onload=alert(3)>.jpg' }, second]);
    const cards = page
      .getByRole('list', { name: words('en', 'library.gallery.list'), exact: true })
      .getByRole('listitem');
    await expect(cards).toHaveCount(2, { timeout: 60_000 });
    await page.getByRole('button', { name: words('en', 'albums.publish'), exact: true }).click();
    await expect(cards.getByText(words('en', 'library.gallery.public'), { exact: true })).toHaveCount(2);
    const profile = (await page.locator('a[href*="/g/"]').first().getAttribute('href'))
      ?.split('/')
      .slice(0, 4)
      .join('/');
    const album = `${profile}/${desk.split('/').at(-1)}`;

    // A private link with a password and a download.
    await page.getByRole('button', { name: words('en', 'albumLinks.new'), exact: true }).click();
    const dialog = page.getByRole('dialog');
    await dialog.locator('[name=name]').fill(evil.slice(0, 70));
    await dialog.locator('[name=password]').fill('rose water');
    await dialog.locator('[name=mayDownload]').check();
    await dialog.locator('[type=submit]').click();
    await expect(dialog).toHaveCount(0);
    const link = await page.getByRole('textbox', { name: words('en', 'sharing.address') }).inputValue();
    expect(link).toMatch(/\/a\/[\w-]{22}$/);

    const visitor = await browser.newContext({ locale: 'en' });
    const guest = await visitor.newPage();
    guest.on('dialog', () => {
      throw new Error('a script of a vendor ran');
    });
    const troubles: string[] = [];
    guest.on('console', (message) => {
      if (message.type() === 'error' && !/status of (404|422)/.test(message.text()))
        troubles.push(message.text());
    });
    const privatePath = new URL(link, page.url()).pathname;
    await checkPage(guest, privatePath);
    await guest.locator('[name=password]').fill('rose oil');
    await guest.locator('form:has([name=password]) [type=submit]').click();
    await expect(guest.getByText(words('en', 'errors.link.passwordWrong'))).toBeVisible();
    await guest.locator('[name=password]').fill('rose water');
    await guest.locator('form:has([name=password]) [type=submit]').click();
    await expect(guest.locator('main a[id^=image-]')).toHaveCount(2);
    expect(new URL(guest.url()).search).toBe('');
    const [download] = await Promise.all([
      guest.waitForEvent('download'),
      guest.getByRole('link', { name: words('en', 'albumLinks.page.downloadAll') }).click(),
    ]);
    expect(download.suggestedFilename()).toMatch(/\.zip$/);
    expect(await download.failure()).toBeNull();
    // How large it will be is known from the start.
    const zip = await guest.request.get(download.url());
    expect(zip.headers()['content-length']).toBe(String((await zip.body()).length));

    // The pages as visitors see them, names and all.
    for (const address of [
      '/en/explore',
      '/explore?sort=tried',
      '/explore?q=شبی',
      '/explore?q=zzzz',
      profile ?? '',
      album,
      privatePath,
    ]) {
      await checkPage(guest, address);
    }
    await guest.goto(album);
    await expect(guest.getByRole('heading', { level: 1 })).toHaveText(`</script>${evil}`);
    await guest.locator('main a[id^=image-]').first().click();
    await expect(guest.getByRole('dialog')).toBeVisible();
    await checkPage(guest, guest.url());
    expect(troubles).toEqual([]);

    // Taken back: page and pictures, at once.
    const shown = (await guest.request.get(privatePath)).status();
    await page.reload();
    await page
      .getByRole('button', { name: new RegExp(words('en', 'sharing.revoke.label').replace('{day}', '.*')) })
      .click();
    await page
      .getByRole('dialog')
      .getByRole('button', { name: words('en', 'sharing.revoke.confirm') })
      .click();
    await expect(page.getByText(words('en', 'sharing.state.revoked'), { exact: true })).toBeVisible();
    expect([shown, (await guest.request.get(privatePath)).status()]).toEqual([200, 404]);
    await visitor.close();
  },
);

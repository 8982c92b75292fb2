import { fileURLToPath } from 'node:url';
import sharp from 'sharp';
import { demoAccounts } from '#scripts/seed/demo-accounts.ts';
import { newAccount, readCode, signUp } from './support/account.ts';
import { shareResult } from './support/sharing.ts';
import { bringPhoto, secondPhoto } from './support/studio.ts';
import { expect, test } from './support/test.ts';
import { fullOnly } from './support/tier.ts';
import { path, words } from './support/words.ts';

/** The cloth house of the demo. */
const cloths = '/en/g/khane-naqsh';
const cat = fileURLToPath(new URL('../../public/samples/chelsea-cat.png', import.meta.url));
const shop = demoAccounts.find(({ kind }) => kind === 'vendor')?.name ?? '';

test('three cloths in a row on one photo that is chosen once, the shop named on each, and a fourth after the results', async ({
  page,
}) => {
  test.setTimeout(180_000);
  await page.setViewportSize({ width: 390, height: 844 });
  await page.addInitScript(() => {
    const RealWorker = Worker;
    const marks = new Set<string>();
    Object.assign(window, { marks });
    window.Worker = class extends RealWorker {
      override postMessage(job: { mark?: string[] }) {
        if (job.mark) marks.add(job.mark.join('\n'));
        super.postMessage(job);
      }
    };
  });
  const large = page.locator('[data-stage=large]');
  const photos = page.getByRole('list', { name: words('en', 'studio.photos') }).getByRole('listitem');
  const tiles = page
    .locator('main li', { has: page.getByRole('link', { name: words('en', 'looks.try.fabric') }) })
    .locator('a[id^=image-]');
  const tryOn = async (at: number) => {
    await tiles.nth(at).click();
    await page.getByRole('dialog').locator('a[href*="/studio?reference="]').click();
    await expect(page).toHaveURL(/\/studio\?reference=/);
  };

  await page.goto(cloths);
  await tryOn(0);
  // The page is told, not the link that skips to it.
  await expect(page.locator('#main h1')).toBeFocused();
  await bringPhoto(page, 'en');
  await expect(large).toBeVisible({ timeout: 60_000 });
  await expect(page.locator('#style-hint')).toContainText(shop);

  // The second by way of the gallery, whose address stays its own.
  await page.goBack();
  await expect(page.getByRole('dialog')).toBeVisible();
  expect(page.url()).not.toContain('reference=');
  await page.keyboard.press('Escape');
  await tryOn(1);
  await expect(large).toBeVisible({ timeout: 60_000 });

  // The third stands beside it.
  const looks = page.locator('[name=style][value^=reference]');
  await looks.nth(2).check();
  const third = await looks.nth(2).getAttribute('value');
  await expect(page).toHaveURL(new RegExp(`reference=${third?.split(':')[1]}`));
  await expect(large).toBeVisible({ timeout: 60_000 });
  const marks = await page.evaluate(() => [...(window as unknown as { marks: Set<string> }).marks]);
  expect(marks.every((mark) => mark.startsWith(`${shop}\n`))).toBe(true);

  // Made by somebody new; then in another cloth by one press, and neither asks for the photo.
  await page.locator('form:has([name=style]) [type=submit]').click();
  const account = newAccount();
  const sheet = page.getByRole('dialog');
  await sheet.locator('[name=phone]').fill(account.phone);
  await sheet.locator('[name=password]').fill(account.password);
  await sheet.locator('form:has([name=password]) [type=submit]').click();
  await page.locator('[name=code]').fill(await readCode(page, account.phone));
  await expect(page).toHaveURL(/\/conversions\/[0-9a-f-]{36}$/, { timeout: 60_000 });
  const slider = page.getByRole('slider', { name: words('en', 'conversions.slider.label') });
  await expect(slider).toBeAttached({ timeout: 60_000 });
  await page.getByRole('button', { name: words('en', 'conversions.download') }).click();
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('menuitem').first().click(),
  ]);
  expect(file.suggestedFilename()).toContain(shop);
  const { xmp } = await sharp(await file.path()).metadata();
  expect(xmp?.toString('utf8')).toContain(`${shop} · AI Stayler`);
  const first = page.url();
  await page.locator('section[aria-labelledby=next-looks] li button').first().click();
  await expect(page).not.toHaveURL(first);
  await expect(slider).toBeAttached({ timeout: 60_000 });
  await expect(page.locator('main p a[href*="/g/"]').last()).toHaveText(shop);

  // A fourth: the photo that was used last is offered, and makes room for another.
  await page.goto(cloths);
  await tryOn(3);
  await expect(large).toBeVisible({ timeout: 60_000 });
  await expect(photos.getByRole('button', { name: 'Show photo' })).toHaveCount(1);
  await page.getByRole('button', { name: words('en', 'studio.add') }).click();
  await page.locator('[name=file]').setInputFiles(secondPhoto);
  await expect(large).toBeVisible({ timeout: 60_000 });
  await expect(photos.getByRole('button', { name: 'Show photo' })).toHaveCount(1);
});

test.describe('picked looks', () => {
  // What passes through it cannot be answered by a test.
  test.use({ serviceWorkers: 'block' });

  test('a look that was picked at another shop is seen and left out where it is counted; nothing lies on the mark', async ({
    page,
  }) => {
    await page.setViewportSize({ width: 390, height: 844 });
    const lookOf = async (gallery: string, name: RegExp) => {
      await page.goto(gallery);
      const picture = page.getByRole('img', { name });
      const id = await page.locator('main a[id^=image-]', { has: picture }).first().getAttribute('id');
      return `/en/studio?reference=${id?.replace('image-', '')}`;
    };
    const pick = page.getByRole('button', { name: words('en', 'studio.stage.pick') });
    const picked = page.getByRole('list', { name: words('en', 'studio.picks.label') }).getByRole('listitem');
    const make = (count: number) =>
      page.getByRole('button', {
        name: count > 1 ? `Make ${count} pictures` : words('en', 'studio.convert'),
      });

    // One that stands in no set of looks.
    const cloth = await lookOf(cloths, /جاجیم/);
    await page.goto(cloth);
    await bringPhoto(page, 'en');
    await pick.click();
    await page.goto(await lookOf('/en/g/salon-rangin', /رژ لب/));
    await expect(picked).toHaveCount(1);
    await expect(picked.getByRole('button', { name: shop })).toBeVisible();
    await pick.click();
    await expect(picked).toHaveCount(2);
    await expect(make(2)).toBeVisible();

    // The mark stands in the picture's lower corner, whole.
    const large = page.locator('[data-stage=large]');
    await expect(large).toBeVisible({ timeout: 60_000 });
    const slider = await page.locator('[data-strength]').boundingBox();
    const stage = await large.boundingBox();
    if (!slider || !stage) throw new Error('nothing is shown');
    const ratio = await large.evaluate((image: HTMLImageElement) => image.naturalWidth / image.naturalHeight);
    const [wide, high] = [
      Math.min(stage.width, stage.height * ratio),
      Math.min(stage.height, stage.width / ratio),
    ];
    const foot = stage.y + (stage.height + high) / 2;
    expect(foot - slider.y - slider.height).toBeGreaterThan(0.1 * Math.min(wide, high));

    await picked.getByRole('button', { name: shop }).click();
    await expect(picked).toHaveCount(1);
    await expect(make(1)).toBeVisible();
    // What nobody offers any more is not counted.
    await page.route('**/api/looks*', (route) => route.fulfill({ json: [] }));
    await page.goto(cloth);
    await expect(page.getByText(words('en', 'studio.picks.gone'))).toBeVisible();
    await expect(picked).toHaveCount(0);
  });
});

test('a photo in which nobody could wear a cloth: that is said over the button, and no number is asked for', async ({
  page,
}) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto(cloths);
  await page
    .getByRole('link', { name: words('en', 'looks.try.fabric') })
    .first()
    .click();
  await page.locator('[name=file]').setInputFiles(cat);
  const note = page.locator('[data-bar]').getByText(words('en', 'studio.obstacle.noPerson'));
  await expect(note).toBeVisible({ timeout: 60_000 });
  await page.locator('form:has([name=style]) [type=submit]').click();
  // It is said louder, in the place of what stood there.
  await expect(page.locator('[data-bar] p[role=status]')).toHaveCount(0);
  await expect(note).toBeVisible();
  await expect(page.getByRole('dialog')).toHaveCount(0);
  // A style of our own needs nobody.
  await page.locator('[name=style][value=ink]').check();
  await expect(note).toHaveCount(0);
});

/** Words of a sentence with a number in it, up to the number. */
const counted = (taps: number) => `${taps} of 24 taps`;

test(
  'a gallery’s cloth is corrected by the keyboard, kept over a reload, credited, and tried by who sees it',
  fullOnly(true),
  async ({ page, browser }) => {
    test.setTimeout(180_000);
    await page.setViewportSize({ width: 1366, height: 850 });
    await signUp(page, 'en', newAccount());
    await page.goto('/en/explore?look=fabric');
    const link = await page.locator('main a[id^=image-]').first().getAttribute('id');
    const id = link?.replace('image-', '') ?? '';
    await page.goto(`/en/studio?reference=${id}`);
    await bringPhoto(page, 'en');
    const large = page.locator('[data-stage=large]');
    await expect(large).toBeVisible({ timeout: 60_000 });

    // What is tinted is corrected: a tap by keys, taken back, and set again.
    const open = page.getByRole('button', { name: words('en', 'studio.parts.open.clothes') });
    await open.click();
    await expect(page.locator('[data-mask]')).toBeVisible({ timeout: 30_000 });
    const area = page.getByRole('button', { name: words('en', 'studio.parts.area') });
    await area.press('ArrowDown');
    await area.press('Enter');
    await expect(page.getByText(counted(1))).toBeAttached();
    await page.getByRole('button', { name: words('en', 'studio.parts.undo') }).click();
    await expect(page.getByText(counted(0))).toBeAttached();
    await area.press('Enter');
    await page.getByRole('button', { name: words('en', 'studio.parts.done') }).click();
    await expect(large).toBeVisible();
    await page.reload();
    await expect(large).toBeVisible({ timeout: 60_000 });
    await open.click();
    await expect(page.getByText(counted(1))).toBeAttached();
    await page.getByRole('button', { name: words('en', 'studio.parts.done') }).click();

    // The result says whose look it is, and so does the page it is shared on, from where it is tried.
    await page.getByRole('button', { name: words('en', 'studio.convert') }).click();
    await expect(page).toHaveURL(/\/conversions\/[0-9a-f-]{36}$/, { timeout: 60_000 });
    const shop = (where: typeof page) => where.locator('main p a[href*="/g/"]').last();
    await expect(shop(page)).toBeVisible({ timeout: 60_000 });
    const name = await shop(page).innerText();
    const shared = await shareResult(page, 'en');
    const stranger = await browser.newContext();
    const strangers = await stranger.newPage();
    await strangers.goto(shared);
    await expect(shop(strangers)).toHaveText(name);
    await strangers.getByRole('link', { name: words('en', 'credit.try') }).click();
    await expect(strangers).toHaveURL(new RegExp(`${path('en', '/studio')}\\?reference=${id}`));
    await expect(strangers.locator('[name=style][value^=reference]').first()).toBeChecked();
    await stranger.close();
  },
);

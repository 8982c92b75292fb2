import { type Browser, chromium, type Page } from 'playwright';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { browserAt, cookieOf } from '#scripts/rig/browser.ts';
import { endAll, startWeb, startWorker } from '#scripts/rig/processes.ts';
import { accounts, newPhoto, useConversions } from '#tests/support/conversions.ts';
import { expectWhole } from '#tests/support/invariants.ts';
import { noteRecovery } from '#tests/support/note-recovery.ts';
import { conversionRow, until } from './support/watch.ts';

const { database } = useConversions();
const local = () => ({ DATABASE_URL: database().url });
let browser: Browser;

beforeAll(async () => {
  browser = await chromium.launch({
    executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu'],
  });
});
afterAll(() => browser.close());
afterEach(async () => {
  await endAll();
  await expectWhole(database());
});

/** What is said to somebody who waits at the page and does not look. */
const isSaid = (page: Page, text: string) =>
  page.locator('[data-announcer]').filter({ hasText: text }).waitFor({ state: 'attached', timeout: 60_000 });

test('01 a worker killed while somebody waits at the page: it says that the work began again, and the picture comes', async ({
  task,
}) => {
  const web = await startWeb(local());
  const first = startWorker(local());
  const { actor, imageId } = await newPhoto(2400, 1800);
  const cookie = await cookieOf('user', actor.userId);
  const asked = await browserAt(web.url, cookie).act('requestConversions', '/en/studio', {
    imageIds: [imageId],
    style: 'oil',
  });
  const [id = ''] = (asked.value as { ids: string[] }).ids;
  const context = await browser.newContext({ extraHTTPHeaders: {} });
  const [name = '', value = ''] = cookie.split(/=(.*)/s);
  await context.addCookies([{ name, value: value.split(';')[0] ?? '', url: web.url }]);
  const page = await context.newPage();
  await page.goto(`${web.url}/en/conversions/${id}`);
  const row = () => conversionRow(database(), id);
  await until('painting', row, ({ stage }) => stage === 'paint');
  await page.getByText('Making the new picture').waitFor({ timeout: 20_000 });
  await first.end('SIGKILL');
  const killedAt = Date.now();
  startWorker(local());
  await isSaid(page, 'The work was interrupted and has begun again. It is charged once.');
  await isSaid(page, 'The picture is ready.');
  await page.getByRole('slider').waitFor({ state: 'attached', timeout: 30_000 });
  expect(noteRecovery(task, killedAt)).toBeLessThan(90);
  expect(await accounts(database(), actor.userId)).toMatchObject({ free: 1, charged: 1, results: 1 });
  await context.close();
}, 180_000);

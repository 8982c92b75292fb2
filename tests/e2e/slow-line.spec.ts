import type { Page } from 'playwright/test';
import sharp from 'sharp';
import { type SlowLine, startSlowLine } from './support/slow-line.ts';
import { samplePhoto } from './support/studio.ts';
import { expect, test } from './support/test.ts';
import { fullOnly } from './support/tier.ts';

/** Twelve megapixels, as phones make them. */
const camera = () => sharp(samplePhoto).resize(3000, 4000, { fit: 'cover' }).jpeg({ quality: 95 }).toBuffer();

/** What lies ready on the device to be sent, once that has been made of what was chosen. */
async function readyToSend(page: Page, chosenBytes: number) {
  const read = () =>
    page.evaluate(async () => {
      // Opened before the page does, it would have no shelf.
      if (!(await indexedDB.databases()).some(({ name }) => name === 'studio')) return null;
      const database = await new Promise<IDBDatabase>((resolve, reject) => {
        const opening = indexedDB.open('studio');
        opening.onsuccess = () => resolve(opening.result);
        opening.onerror = () => reject(opening.error);
      });
      const all = await new Promise<{ bytes?: ArrayBuffer; type?: string }[]>((resolve, reject) => {
        const asked = database.transaction('kept').objectStore('kept').getAll();
        asked.onsuccess = () => resolve(asked.result);
        asked.onerror = () => reject(asked.error);
      });
      database.close();
      const file = all.find(({ bytes }) => bytes);
      if (!file?.bytes) return null;
      const picture = await createImageBitmap(new Blob([file.bytes]));
      return {
        bytes: file.bytes.byteLength,
        type: file.type ?? '',
        longest: Math.max(picture.width, picture.height),
      };
    });
  await expect
    .poll(async () => (await read())?.bytes ?? chosenBytes, { timeout: 60_000 })
    .not.toBe(chosenBytes);
  const ready = await read();
  if (!ready) throw new Error('nothing lies ready');
  return ready;
}

test.describe('a browser that tells nothing of its line', () => {
  // As Firefox and Safari: only what the page took to come tells it.
  const tellsNothing = (page: Page) =>
    page.addInitScript(() => Object.defineProperty(navigator, 'connection', { value: undefined }));

  test(
    'sends what most looks are painted in where the line is slow, and all a page keeps where it is not',
    fullOnly(true),
    async ({ browser, page, baseURL, expectFailure }) => {
      test.setTimeout(180_000);
      // Its address is another: what only the right one may ask is refused.
      expectFailure(/./);
      const buffer = await camera();
      const photo = { name: 'IMG_0001.jpg', mimeType: 'image/jpeg', buffer };
      await tellsNothing(page);
      await page.goto('/en/studio');
      await page.locator('[name=file]').setInputFiles(photo);
      expect(await readyToSend(page, buffer.length)).toMatchObject({ type: 'image/jpeg', longest: 4000 });

      let line: SlowLine | null = null;
      const context = await browser.newContext();
      try {
        line = await startSlowLine(baseURL ?? '', 60_000);
        const slow = await context.newPage();
        await tellsNothing(slow);
        await slow.goto(`${line.address}/en/studio`, { timeout: 60_000 });
        await slow.locator('[name=file]').setInputFiles(photo);
        const ready = await readyToSend(slow, buffer.length);
        expect(ready.type).toBe('image/webp');
        // A decoder that unpacks by eighths stops a little under it.
        expect(ready.longest).toBeLessThanOrEqual(2048);
        expect(ready.longest).toBeGreaterThanOrEqual(1900);
        expect(ready.bytes).toBeLessThan(buffer.length / 2);
      } finally {
        await context.close();
        await line?.close();
      }
    },
  );
});

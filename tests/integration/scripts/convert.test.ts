import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { sharp } from '#lib/core/threads/image-runtime.ts';
import { root } from '#scripts/steps/root.ts';
import { useConversions } from '#tests/support/conversions.ts';
import { filesUnder } from '#tests/support/files.ts';
import { noise, quarters } from '#tests/support/pictures.ts';

const { database, dataDir } = useConversions();
const out = join(dataDir, 'out.jpg');

async function convert(photo: string, style = 'duotone', target = out) {
  return runConvert(photo, '--style', style, '--out', target);
}

async function runConvert(...words: string[]) {
  const child = spawn(process.execPath, [join(root, 'scripts/convert.ts'), ...words], {
    cwd: root,
    env: { ...process.env, DATABASE_URL: database().url, LOG_LEVEL: 'silent' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let printed = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (printed += chunk));
  const [code] = (await once(child, 'close')) as [number];
  return { code, printed };
}

/** What would be left of a conversion: rows that charge or keep, and files. */
async function leftovers() {
  const tables = ['users', 'images', 'stored_files', 'user_conversions', 'subscription_periods'];
  const counts = await Promise.all(
    tables.map((table) => database().query<{ n: number }>(`SELECT count(*)::int AS n FROM ${table}`)),
  );
  const rows = counts.map(([row], i) => `${tables[i]}: ${row?.n}`).filter((line) => !line.endsWith(': 0'));
  return [...rows, ...(await filesUnder(join(dataDir, 'files')))];
}

async function written(name: string, bytes: Buffer | string): Promise<string> {
  const path = join(dataDir, name);
  await writeFile(path, bytes);
  return path;
}

describe('npm run convert', () => {
  test('tries a file on as a gallery’s picture, whoever would have to look at it first, and leaves nothing behind', async () => {
    const card = await written(
      'card.png',
      await sharp({ create: { width: 240, height: 160, channels: 3, background: '#8e3520' } })
        .png()
        .toBuffer(),
    );
    const photo = join(root, 'public/samples/eileen-collins.png');
    const words = ['--reference', card, '--look', 'hair', '--shade', '8E3520', '--strength', '0.8'];
    const { code, printed } = await runConvert(photo, ...words, '--out', out);
    expect([code, printed]).toEqual([0, expect.stringMatching(/publish +\d+ ms[\s\S]*convert +\d+ ms/)]);
    expect((await sharp(out).metadata()).format).toBe('jpeg');
    expect(await leftovers()).toEqual([]);
    expect((await runConvert(photo, ...words, '--strength', '0.01', '--out', out)).printed).toContain(
      '--strength',
    );
  }, 60_000);

  test('writes the picture upright, prints the time of each part and leaves nothing behind', async () => {
    const photo = await written(
      'photo.jpg',
      await quarters(300, 200)
        .withExif({ IFD0: { Orientation: '6' } })
        .withMetadata({ orientation: 6 })
        .jpeg()
        .toBuffer(),
    );
    const { code, printed } = await convert(photo);
    expect([code, printed]).toEqual([0, expect.stringMatching(/upload +\d+ ms[\s\S]*convert +\d+ ms/)]);
    const { width = 0, height = 0 } = await sharp(out).metadata();
    expect(height).toBeGreaterThan(width);
    expect(await leftovers()).toEqual([]);
  }, 60_000);

  test.each<[string, () => Promise<Buffer | string>, RegExp]>([
    ['drawing.jpg', async () => '<svg xmlns="http://www.w3.org/2000/svg"/>', /file\.svg/],
    ['text.png', async () => 'hello', /file\.notPicture/],
    [
      'cut.jpg',
      async () =>
        (
          await sharp(await noise(400, 400))
            .jpeg()
            .toBuffer()
        ).subarray(0, 20_000),
      /file\.damaged/,
    ],
    ['phone.heic', async () => Buffer.from('\0\0\0\x18ftypheic\0\0\0\0mif1heic', 'latin1'), /file\.heic/],
    ['large.jpg', async () => Buffer.alloc(10 * 1024 * 1024 + 1), /10\.0 MiB; at most 10 MiB/],
  ])(
    'refuses %s with a sentence and leaves nothing behind',
    async (name, make, sentence) => {
      const { code, printed } = await convert(
        await written(name, await make()),
        'duotone',
        join(dataDir, 'never.jpg'),
      );
      expect([code, printed]).toEqual([1, expect.stringMatching(sentence)]);
      expect(printed).not.toMatch(/\n\s+at /);
      expect(await leftovers()).toEqual([]);
      expect(existsSync(join(dataDir, 'never.jpg'))).toBe(false);
    },
    60_000,
  );

  test.each([
    ['a style it does not know', ['x.jpg', 'sepia-1998'], /no style "sepia-1998"\. There are oil, /],
    ['a file that is not there', ['nowhere.jpg', 'duotone'], /There is no file .*nowhere\.jpg/],
  ])('refuses %s before it starts anything', async (_, [photo, style], sentence) => {
    const { code, printed } = await convert(join(dataDir, photo as string), style);
    expect([code, printed]).toEqual([1, expect.stringMatching(sentence)]);
    expect(printed).not.toContain('database');
  });
});

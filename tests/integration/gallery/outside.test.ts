import { inflateSync } from 'node:zlib';
import { encode } from 'uqr';
import { afterAll, describe, expect, test } from 'vitest';
import { chatWith } from '#lib/bot/chat-with.ts';
import { commonHeaders, framePolicy, isFramedElsewhere } from '#lib/core/http/security-headers.ts';
import { stopListening } from '#lib/db/changes/listen.ts';
import { embedInput } from '#lib/gallery/embed/input.ts';
import { embedCode, readEmbed } from '#lib/gallery/embed/read-embed.ts';
import { setHosts } from '#lib/gallery/embed/set-hosts.ts';
import { makeQr } from '#lib/sharing/qr/make-qr.ts';
import { useTestDatabase } from '#tests/support/database/test-database.ts';
import { ownDataDir } from '#tests/support/files.ts';
import { must, newGallery } from '#tests/support/galleries.ts';

process.env.BOT_TELEGRAM_TOKEN = '123456:a-token-of-these-tests';
process.env.BOT_TELEGRAM_NAME = 'stayler_bot';
useTestDatabase();
const data = ownDataDir();
afterAll(data.remove);
afterAll(stopListening);

const hostsOf = (hosts: string) => embedInput.safeParse({ hosts });

describe('the sites that may show a shop’s looks', () => {
  test('are hosts, however they were written', () => {
    expect(hostsOf('https://Shop.ir/page?x=1\nwww.shop.ir، گل.com').data).toEqual({
      hosts: ['shop.ir', 'www.shop.ir', 'xn--ghb7s.com'],
    });
    expect(hostsOf('  ').data).toEqual({ hosts: [] });
  });

  test.each([
    'localhost',
    '10.0.0.1',
    '*.ir',
    'shop.ir:8080',
    'user@shop.ir',
    "shop.ir;script-src'*'",
    'https://',
    Array.from({ length: 11 }, (_, n) => `a${n}.ir`).join(' '),
  ])('are refused as a whole where one is none: %s', (text) => {
    expect(hostsOf(text).error?.issues[0]?.message).toBe('outside.sites.wrong');
  });

  test('frame that page and no other', async () => {
    const gallery = await newGallery({ businessName: 'بوتیک "نیلا" <b>' });
    const image = await gallery.addImage({ title: 'پیراهن' });
    await gallery.addImage({ isPublic: false });
    must(await setHosts(gallery.actor, { hosts: ['shop.ir'] }));
    const embed = await readEmbed(gallery.handle);
    expect(embed?.images.map(({ id }) => id)).toEqual([image]);
    expect(embed?.hosts).toEqual(['shop.ir']);
    const policy = framePolicy('n', embed?.hosts ?? []);
    expect(policy).toContain("frame-ancestors 'self' https://shop.ir");
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toContain('script-src');
    must(await setHosts(gallery.actor, { hosts: [] }));
    expect(framePolicy('n', (await readEmbed(gallery.handle))?.hosts ?? ['x'])).toMatch(
      /frame-ancestors 'self'$/,
    );
    const named = (path: string) => commonHeaders(path).map(([name]) => name);
    expect(isFramedElsewhere(`/en/embed/g/${gallery.handle}`)).toBe(true);
    expect(named(`/embed/g/${gallery.handle}`)).not.toContain('x-frame-options');
    for (const path of ['/', `/g/${gallery.handle}`, '/account?x=/embed/g/', '/x/embed/g/y']) {
      expect(named(path), path).toContain('x-frame-options');
    }
    expect(await readEmbed('nobody-is-here')).toBeNull();
  });

  test('are given a code that their own page cannot be broken by', () => {
    const code = embedCode('fa', { handle: 'nila', name: '"><script>alert(1)</script>' });
    expect(code).not.toContain('<script');
    expect(code.match(/"/g)).toHaveLength(14);
  });
});

describe('a code for the window', () => {
  /** How many dark cells a drawing in PDF has: each is a rectangle. */
  function cellsOf(pdf: Buffer): number {
    let cells = 0;
    for (let at = pdf.indexOf('stream\n'); at >= 0; at = pdf.indexOf('stream\n', at + 1)) {
      try {
        const text = inflateSync(pdf.subarray(at + 7)).toString('latin1');
        cells = Math.max(cells, text.match(/ re\n/g)?.length ?? 0);
      } catch {
        // The end of a stream, or no text.
      }
    }
    return cells;
  }

  test('leads to the shop, an album or a picture, in the language of who made it', async () => {
    const gallery = await newGallery({ businessName: 'بوتیک نیلا' });
    const image = await gallery.addImage({ title: 'پیراهن' });
    const album = await gallery.addAlbum({ name: 'تابستان', imageIds: [image] });
    const { handle } = gallery;
    const base = 'http://localhost:3000';
    const places: [object, string][] = [
      [{}, `${base}/g/${handle}#qr`],
      [{ album }, `${base}/g/${handle}/${album}#qr`],
      [{ image }, `${base}/g/${handle}?image=${image}#qr`],
    ];
    for (const [what, address] of places) {
      const sheet = must(await makeQr({ handle, ...what }, { form: 'pdf', locale: 'fa' }));
      expect(sheet.bytes.subarray(0, 5).toString()).toBe('%PDF-');
      expect(sheet.fileName).toMatch(/^[\w.-]+\.pdf$/);
      const dark = encode(address, { ecc: 'Q', border: 0 }).data.flat().filter(Boolean).length;
      // The paper is one more.
      expect(cellsOf(sheet.bytes)).toBe(dark + 1);
    }
    // Into a chat with a bot, which is told that one came by the code.
    const chat = chatWith('telegram', image, 'fa');
    const link = `https://t.me/stayler_bot?start=scan_${image}`;
    expect(chat?.address).toBe(link);
    expect([chatWith('telegram', undefined, 'fa'), chatWith('bale', image, 'fa')]).toEqual([null, null]);
    const printed = must(await makeQr({ handle, image }, { form: 'pdf', locale: 'fa', chat }));
    const cells = encode(link, { ecc: 'Q', border: 0 }).data.flat().filter(Boolean).length;
    expect(cellsOf(printed.bytes)).toBe(cells + 1);
    const svg = must(await makeQr({ handle }, { form: 'svg', locale: 'en' }));
    expect(svg.bytes.toString()).toMatch(/^<svg /);
  });

  test('is not made for what visitors do not see', async () => {
    const gallery = await newGallery();
    const hidden = await gallery.addImage({ isPublic: false });
    const album = await gallery.addAlbum({ isPublic: false });
    const other = await newGallery();
    const foreign = await other.addImage();
    const { handle } = gallery;
    for (const what of [{ image: hidden }, { album }, { image: foreign }]) {
      expect(await makeQr({ handle, ...what }, { form: 'svg', locale: 'fa' })).toMatchObject({
        code: 'notFound',
      });
    }
    expect(await makeQr({ handle: 'nobody-is-here' }, { form: 'svg', locale: 'fa' })).toMatchObject({
      code: 'notFound',
    });
  });
});

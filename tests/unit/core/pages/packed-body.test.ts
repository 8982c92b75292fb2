import { randomBytes } from 'node:crypto';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { newNonce } from '#lib/core/http/security-headers.ts';
import { fill, gzipFile, packBody, toBody } from '#lib/core/pages/packed-body.ts';

/** What a page is made of, more or less: much of it again and again, with a nonce here and there. */
const pieces = fc.oneof(
  { weight: 3, arbitrary: fc.constant('\u0000') },
  {
    weight: 5,
    arbitrary: fc.constantFrom('<script nonce="', '" async=""></script>', '<li class="page grid">'),
  },
  { weight: 3, arbitrary: fc.string({ maxLength: 40 }) },
  { weight: 2, arbitrary: fc.constantFrom('نگارستان ', 'رنگ‌روغن', '==', '"==') },
  {
    weight: 1,
    arbitrary: fc.integer({ min: 1, max: 9 }).map((size) => randomBytes(size * 300).toString('base64')),
  },
);
const pages = fc.array(pieces, { minLength: 1, maxLength: 120 });

async function unpacked(
  page: readonly string[],
  nonce: string,
): Promise<Record<'br' | 'gzip', string | null>> {
  const made = newNonce();
  const text = page.map((piece) => (piece === '\u0000' ? made : piece.replaceAll('\u0000', ''))).join('');
  const body = toBody(text, made);
  const [br, gzip] = await Promise.all([packBody(body, 'br'), packBody(body, 'gzip')]);
  return {
    br: br && brotliDecompressSync(fill(br, nonce)).toString(),
    gzip: gzip && gunzipSync(gzipFile(fill(gzip, nonce), fill(body, nonce))).toString(),
  };
}

const withNonce = (page: readonly string[], nonce: string) =>
  page.map((piece) => (piece === '\u0000' ? nonce : piece.replaceAll('\u0000', ''))).join('');

describe('a body that is packed around its nonces', () => {
  test('is, with any nonce and in each encoding, the body with that nonce', async () => {
    await fc.assert(
      fc.asyncProperty(pages, async (page) => {
        const nonce = newNonce();
        const wanted = withNonce(page, nonce);
        expect(await unpacked(page, nonce)).toEqual({ br: wanted, gzip: wanted });
      }),
      { numRuns: 60 },
    );
  });

  test('may have none, stand next to one another, and be at both ends', async () => {
    for (const page of [
      ['plain'],
      ['\u0000'],
      ['\u0000', '\u0000'],
      ['\u0000', 'between', '\u0000', '\u0000'],
    ]) {
      const nonce = newNonce();
      const wanted = withNonce(page, nonce);
      expect(await unpacked(page, nonce)).toEqual({ br: wanted, gzip: wanted });
    }
  });

  test('is hardly longer than one that is packed at once', async () => {
    const made = newNonce();
    const row = `<script nonce="${made}" async="" src="/_next/static/chunks/`;
    const text = Array.from(
      { length: 30 },
      (_, turn) => `${row}${turn}.js"></script>${'<p>words</p>'.repeat(40)}`,
    );
    const body = toBody(text.join('\n'), made);
    const packed = await packBody(body, 'br');
    expect(packed?.places.length).toBe(30);
    expect(packed?.bytes.length).toBeLessThan(3000);
  });
});

import { inflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { drawReceipt } from '#lib/payments/receipt/pdf.ts';
import { receiptRows, receiptWords } from '#lib/payments/receipt/rows.ts';
import { paidUpgrade } from './payment-samples.ts';

const about = { locale: 'fa', payer: 'مریم', host: 'stayler.example', isSimulated: false } as const;

/** The inside of a PDF as text: its parts, unpacked. */
function inside(pdf: Buffer): string {
  const text = pdf.toString('latin1');
  const streams = [...text.matchAll(/stream\r?\n([\s\S]*?)\r?\nendstream/g)].map(([, body]) => {
    const bytes = Buffer.from(body ?? '', 'latin1');
    try {
      return inflateSync(bytes).toString('latin1');
    } catch {
      return '';
    }
  });
  return [text, ...streams].join('\n');
}

/** The letters that the embedded fonts can give back, as their tables name them. */
function lettersOf(pdf: Buffer): Set<string> {
  const tables = inside(pdf)
    .split('begincmap')
    .slice(1)
    .map((part) => part.split('endcmap')[0] ?? '');
  const codes = tables.flatMap((table) =>
    [...table.matchAll(/<([0-9a-f]{4,})>/gi)].map(([, hex]) => hex ?? ''),
  );
  return new Set(
    codes
      .flatMap((hex) => hex.match(/.{4}/g) ?? [])
      .map((code) => String.fromCharCode(Number.parseInt(code, 16))),
  );
}

/** What the paragraphs say, in their order: text of the structure, in UTF-16. */
function saidBy(pdf: Buffer): string[] {
  const texts = [...pdf.toString('latin1').matchAll(/\/ActualText \(((?:\\[\s\S]|[^\\)])*)\)/g)];
  return texts.map(([, escaped = '']) => {
    const codes: Record<string, string> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' };
    const plain = escaped.replace(/\\([\s\S])/g, (_, one: string) => codes[one] ?? one);
    const bytes = Buffer.from(plain, 'latin1');
    return bytes[0] === 0xfe && bytes[1] === 0xff
      ? Buffer.from(bytes.subarray(2)).swap16().toString('utf16le')
      : plain;
  });
}

describe('a receipt in PDF', () => {
  it('is one small sheet with Vazirmatn in it', async () => {
    const pdf = await drawReceipt(paidUpgrade, about);
    expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
    expect(pdf.length).toBeLessThan(60_000);
    const text = inside(pdf);
    expect(text.match(/\/Type \/Page\b(?!s)/g)).toHaveLength(1);
    expect(text).toMatch(/\+Vazirmatn-Regular/);
    expect(text).toMatch(/\+Vazirmatn-Bold/);
    expect(text).toMatch(/\/FontFile2/);
    expect(text).not.toMatch(/Helvetica/);
    expect(text).toContain('/Lang (fa-IR)');
  });

  it('is tagged: each line is a paragraph that says in reading order, with its half-spaces, what is shown', async () => {
    const pdf = await drawReceipt(paidUpgrade, about);
    const text = inside(pdf);
    expect(text).toMatch(/\/MarkInfo \d+ 0 R/);
    expect(text).toContain('/Marked true');
    expect(text).toMatch(/\/S \/Document/);
    expect(text).toMatch(/\/StructTreeRoot \d+ 0 R/);
    expect(text).toContain('/DisplayDocTitle true');
    const said = saidBy(pdf);
    const rows = receiptRows(paidUpgrade, 'fa', 'مریم');
    const words = receiptWords('fa');
    for (const { label, value } of rows) expect(said).toEqual(expect.arrayContaining([label, value]));
    expect(said).toEqual(
      expect.arrayContaining([
        words.title,
        words.states.paid,
        words.foot.replace('{gateway}', words.gateways.zarinpal),
      ]),
    );
    expect(rows.map(({ label }) => said.indexOf(label))).toEqual(
      rows.map(({ label }) => said.indexOf(label)).toSorted((one, other) => one - other),
    );
    expect(said.some((line) => line.includes('\u200c'))).toBe(true);
  });

  it('holds the letters and digits it was given, not boxes', async () => {
    const letters = lettersOf(await drawReceipt(paidUpgrade, about));
    for (const letter of 'رسیدپختمانوشگ۳۶۵۴۲۰۱') expect(letters, letter).toContain(letter);
  });

  it('is the same file however often it is taken', async () => {
    const [once, again] = [await drawReceipt(paidUpgrade, about), await drawReceipt(paidUpgrade, about)];
    const plain = (pdf: Buffer) => pdf.toString('latin1').replace(/\/ID \[.*?\]/s, '');
    expect(plain(again)).toBe(plain(once));
  });

  it('takes any name, however long or strange', async () => {
    for (const payer of ['x'.repeat(5000), 'ا'.repeat(5000), '\u0000\u202e\n', '🌙🌙', 'a ب '.repeat(400)]) {
      expect((await drawReceipt(paidUpgrade, { ...about, payer })).length).toBeLessThan(60_000);
    }
  });

  it('does not pretend that a simulated payment was one', async () => {
    const real = await drawReceipt(paidUpgrade, about);
    const played = await drawReceipt(paidUpgrade, { ...about, isSimulated: true });
    expect(played.length).toBeGreaterThan(real.length);
  });
});

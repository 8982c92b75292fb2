import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Locale } from '#lib/core/i18n/routing.ts';
import { drawReceipt } from '#lib/payments/receipt/pdf.ts';
import { receiptRows, receiptWords } from '#lib/payments/receipt/rows.ts';
import { paidUpgrade } from './payment-samples.ts';

/** Programs that take the text out of a file, each by its own rules. */
const tools = {
  pdftotext: { args: (file: string) => [file, '-'], package: 'poppler-utils' },
  mutool: { args: (file: string) => ['draw', '-F', 'txt', file], package: 'mupdf-tools' },
} as const;
type Tool = keyof typeof tools;
const isMissing = (tool: Tool) => spawnSync(tool, ['-v']).error !== undefined;

const payer = 'مریم کریمی\u200cنژاد';
const payment = {
  ...paidUpgrade,
  invoice: {
    number: 17,
    corrections: [19, 21],
    seller: { name: 'نگارخانهٔ اسلامی Ltd', economicCode: '12345678901' },
    buyer: {},
  },
};

/** Without marks of direction, which no search asks for, and with one space for any. */
const plain = (text: string) => text.replaceAll(/[\u200e\u200f\u202a-\u202e]/g, '').replaceAll(/\s+/g, ' ');

describe.each(Object.keys(tools) as Tool[])('a receipt that %s reads', (tool) => {
  const missing = isMissing(tool);
  const directory = mkdtempSync(join(tmpdir(), 'receipt-'));
  afterAll(() => rmSync(directory, { recursive: true, force: true }));
  const texts: Partial<Record<Locale, string>> = {};
  beforeAll(async () => {
    if (missing) return;
    for (const locale of ['fa', 'en'] as const) {
      const file = join(directory, `${locale}.pdf`);
      const about = { locale, payer, host: 'stayler.example', isSimulated: true };
      writeFileSync(file, await drawReceipt(payment, about));
      const said = execFileSync(tool, tools[tool].args(file), { encoding: 'utf8', timeout: 20_000 });
      texts[locale] = plain(said);
    }
  });

  // Needs the Debian package that the title names.
  it.skipIf(missing).each(['fa', 'en'] as const)(
    `has every line of it whole, in the order of reading, with half-spaces and numbers: %s (${tools[tool].package})`,
    (locale) => {
      const text = texts[locale] ?? '';
      const rows = receiptRows(payment, locale, payer);
      expect(rows.some(({ value }) => value.includes('\u200c'))).toBe(true);
      const words = receiptWords(locale);
      const lines = rows.flatMap(({ label, value }) => [label, value]);
      const foot = words.foot.replace('{gateway}', words.gateways.zarinpal);
      for (const line of [...lines, words.title, foot, words.simulated]) expect(text).toContain(plain(line));
    },
  );

  it
    .skipIf(missing)
    .each([
      'نگارخانهٔ نقش (Ltd)',
      'مریم (Maryam) کریمی',
      'نقش (Ltd.)',
      'نقش [A1] (۱۲)',
      '«Naqsh» تهران',
      'خانهٔ نقش (۲ شعبه) تهران',
      'Shop (نقش) Tehran',
    ])(
    `keeps brackets and quotation marks at their words, without a space: %s (${tools[tool].package})`,
    async (name) => {
      const file = join(directory, 'brackets.pdf');
      const about = { locale: 'fa', payer: name, host: 'stayler.example', isSimulated: true } as const;
      writeFileSync(file, await drawReceipt(payment, about));
      const said = execFileSync(tool, tools[tool].args(file), { encoding: 'utf8', timeout: 20_000 });
      expect(plain(said)).toContain(name);
    },
  );
});

import { direction, type Locale } from '#lib/core/i18n/routing.ts';
import en from '#messages/en.json' with { type: 'json' };
import fa from '#messages/fa.json' with { type: 'json' };
import type { PaymentView } from '../view.ts';
import { receiptFonts } from './fonts.ts';
import { ReceiptPaper } from './paper.ts';
import { type ReceiptWords, receiptRows, receiptWords } from './rows.ts';

export type ReceiptAbout = {
  readonly locale: Locale;
  /** Whom the receipt is for, as they call themselves. */
  readonly payer: string;
  /** The site's own address, without a protocol. */
  readonly host: string;
  /** Whether the gateway is our emulator: a receipt must not pretend. */
  readonly isSimulated: boolean;
};

/** Where the lines begin, how high one is at most, and how much the end of the sheet needs. Points. */
const sheet = { top: 162, row: 24, foot: 48 } as const;

/** Whose word the receipt goes by. */
function footOf({ isByCode, gateway }: PaymentView, words: ReceiptWords): string {
  const { gateways } = words;
  const name = gateway === 'zarinpal' || gateway === 'zibal' ? gateways[gateway] : gateway;
  return isByCode ? words.footByCode : words.foot.replace('{gateway}', name);
}

/** Draws the receipt of a payment that was confirmed, on one sheet of A5. Answers the bytes of a PDF. */
export async function drawReceipt(payment: PaymentView, about: ReceiptAbout): Promise<Buffer> {
  const { locale, payer, host, isSimulated } = about;
  const words = receiptWords(locale);
  const site = { fa, en }[locale].site.name;
  const paper = new ReceiptPaper(await receiptFonts(), direction[locale], {
    title: words.fileTitle.replace('{id}', payment.refNumber ?? payment.id),
    author: site,
    language: locale === 'fa' ? 'fa-IR' : 'en',
    at: payment.paidAt ?? payment.createdAt,
  });
  paper.mark(38, 26);
  paper.line(host, 42, { size: 9, color: 'muted', at: 'end', direction: 'ltr' });
  paper.line(site, 66, { size: 11, bold: true });
  paper.line(words.title, 98, { size: 20, bold: true });
  const rows = receiptRows(payment, locale, payer);
  const amount = rows.find(({ name }) => name === 'amount');
  const state = payment.state === 'refunding' || payment.state === 'refunded' ? payment.state : 'paid';
  paper.line(words.states[state], 134, { size: 10, color: 'muted' });
  paper.line(amount?.value ?? '', 128, { size: 15, bold: true, color: 'primary', at: 'end', width: 200 });
  let y = sheet.top;
  const rowHeight = Math.min(sheet.row, (ReceiptPaper.bottom - sheet.foot - y) / rows.length);
  const lift = (rowHeight - 14) / 2;
  for (const { label, value, isCode } of rows) {
    paper.rule(y);
    paper.line(label, y + lift, { size: 9, color: 'muted', width: 130 });
    paper.line(value, y + lift - 0.5, {
      size: isCode ? 9 : 10,
      at: 'end',
      width: 200,
      ...(isCode ? { direction: 'ltr' as const } : {}),
    });
    y += rowHeight;
  }
  paper.rule(y);
  paper.line(footOf(payment, words), ReceiptPaper.bottom - 30, {
    size: 8.5,
    color: 'muted',
  });
  if (isSimulated) paper.line(words.simulated, ReceiptPaper.bottom - 14, { size: 8.5, bold: true });
  return paper.finish();
}

import { formatDay, formatTime } from '#lib/core/dates.ts';
import type { Locale } from '#lib/core/i18n/routing.ts';
import { formatToman, type Rial } from '#lib/core/money.ts';
import en from '#messages/en.json' with { type: 'json' };
import fa from '#messages/fa.json' with { type: 'json' };
import type { PaymentView } from '../view.ts';

export type ReceiptWords = typeof fa.receipt;
type ReceiptLabel = keyof ReceiptWords['labels'];

/** A line of a receipt. `isCode`: read from left to right in either language, in Latin digits. */
export type ReceiptRow = {
  readonly name: ReceiptLabel;
  readonly label: string;
  readonly value: string;
  readonly isCode: boolean;
};

const messages = { fa, en };

export function receiptWords(locale: Locale): ReceiptWords {
  return messages[locale].receipt;
}

const put = (sentence: string, values: Readonly<Record<string, string>>) =>
  sentence.replace(/\{(\w+)\}/g, (_, name: string) => values[name] ?? '');

/** An amount of Rials in the locale's digits, with its unit. */
function rials(words: ReceiptWords, locale: Locale, amount: Rial): string {
  const number = new Intl.NumberFormat(locale === 'fa' ? 'fa-IR' : 'en-US').format(amount);
  return put(words.rial, { amount: number });
}

/** More parts than these are told as their sum: a sheet has so many lines. */
const partsAtMost = 3;

function refundsOf(
  { refunds }: PaymentView,
  words: ReceiptWords,
  locale: Locale,
): [ReceiptLabel, string | null][] {
  const last = refunds.at(-1);
  if (last && refunds.length > partsAtMost) {
    const sum = refunds.reduce((rials, { amountRials }) => rials + amountRials, 0n);
    const values = { amount: formatToman(sum, locale), day: formatDay(locale, last.at) };
    return [['refund', put(words.refundedParts, values)]];
  }
  return refunds.flatMap(({ amountRials, at, state, reference }): [ReceiptLabel, string | null][] => {
    const values = { amount: formatToman(amountRials, locale), day: formatDay(locale, at) };
    return [
      ['refund', put(state === 'completed' ? words.refunded : words.refunding, values)],
      ['refundReference', reference],
    ];
  });
}

/** To a whole Toman, as people read amounts. */
const rounded = (amount: Rial) => ((amount + 5n) / 10n) * 10n;

/** A seller or buyer in one line: the name and the code that the tax office knows. */
function partyOf(party: Readonly<Partial<Record<string, string>>>): string | null {
  const parts = [party.name, party.economicCode ?? party.nationalCode];
  return parts.filter(Boolean).join(' · ') || null;
}

/** Whether money was taken and confirmed, so that there is something to give a receipt for. */
export function hasReceipt({ state, paidAt }: PaymentView): boolean {
  return paidAt !== null && ['paid', 'refunding', 'refunded'].includes(state);
}

/** What a payment's page and its receipt say about it, line by line; what is not known is left out. */
export function receiptRows(payment: PaymentView, locale: Locale, payer: string | null = null): ReceiptRow[] {
  const words = receiptWords(locale);
  const { billing } = messages[locale];
  const count = new Intl.NumberFormat(locale === 'fa' ? 'fa-IR' : 'en-US');
  const toman = (amount: Rial) => put(words.toman, { amount: formatToman(amount, locale) });
  const at = (date: Date) => put(words.at, { day: formatDay(locale, date), time: formatTime(locale, date) });
  const { startsAt, endsAt, creditRials, discountRials, amountRials, conversionsLimit, imagesLimit, paidAt } =
    payment;
  // A month that was given back before it began has no length; one that was cut short ends where it was cut.
  const period =
    startsAt && endsAt && startsAt < endsAt
      ? put(words.period, { from: formatDay(locale, startsAt), to: formatDay(locale, endsAt) })
      : null;
  const isPack = payment.kind === 'pack';
  const { vatRate, vatRials, invoice } = payment;
  const percent = new Intl.NumberFormat(locale === 'fa' ? 'fa-IR' : 'en-US', {
    style: 'percent',
    maximumFractionDigits: 2,
  });
  const values: [ReceiptLabel, string | null][] = [
    ['payer', payer],
    ['plan', payment.names[locale] ?? payment.planName],
    ['kind', billing.kinds[payment.kind]],
    ['period', period],
    [
      isPack ? 'packConversions' : 'conversions',
      conversionsLimit > 0 ? count.format(conversionsLimit) : null,
    ],
    [isPack ? 'packImages' : 'images', imagesLimit > 0 ? count.format(imagesLimit) : null],
    [isPack ? 'packPrice' : 'price', creditRials + discountRials > 0n ? toman(payment.priceRials) : null],
    ['credit', creditRials > 0n ? toman(creditRials) : null],
    ['discount', discountRials > 0n ? toman(discountRials) : null],
    ['amount', toman(amountRials)],
    ['rials', rials(words, locale, amountRials)],
    [
      'vat',
      vatRate > 0
        ? put(words.vat, { amount: toman(rounded(vatRials)), rate: percent.format(vatRate / 10_000) })
        : null,
    ],
    ['invoice', invoice ? String(invoice.number) : null],
    ['correction', invoice?.corrections.join(' · ') || null],
    ['seller', invoice ? partyOf(invoice.seller) : null],
    ['buyer', invoice ? partyOf(invoice.buyer) : null],
    ...refundsOf(payment, words, locale),
    ['refNumber', payment.refNumber],
    ['card', payment.cardNumber],
    paidAt ? ['paidAt', at(paidAt)] : ['createdAt', at(payment.createdAt)],
    ['id', payment.id],
  ];
  const codes: readonly ReceiptLabel[] = [
    'invoice',
    'correction',
    'refundReference',
    'refNumber',
    'card',
    'id',
  ];
  return values.flatMap(([name, value]) =>
    value === null ? [] : [{ name, label: words.labels[name], value, isCode: codes.includes(name) }],
  );
}

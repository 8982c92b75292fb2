import { toAsciiDigits } from '#lib/core/phone.ts';
import { fail, type Result, succeed } from '#lib/core/result.ts';
import type { ReportLine } from './store.ts';

/** Lines that one report holds at most. */
const reportLinesAtMost = 5000;

/** What a column is, by the words of its head: panels write it in Persian, interfaces in English. */
const heads = {
  authority: /authority|شناسه (تراکنش|درگاه)|اتوریتی/,
  refNumber: /ref|پیگیری|مرجع/,
  amount: /amount|مبلغ/,
  fee: /fee|کارمزد/,
  deposit: /settle|deposit|payout|reconcil|تسویه|واریز/,
  dated: /date|تاریخ|زمان/,
  kind: /type|kind|نوع/,
} as const;
type Column = keyof typeof heads;

/** Cells of CSV (RFC 4180), divided by what divides the first line: a comma, a semicolon or a tab. */
function cellsOf(text: string): string[][] {
  const first = text.slice(0, text.search(/[\r\n]|$/));
  const divider = [',', ';', '\t'].reduce((best, sign) =>
    first.split(sign).length > first.split(best).length ? sign : best,
  );
  const rows: string[][] = [[]];
  let cell = '';
  let isQuoted = false;
  const endCell = () => {
    rows.at(-1)?.push(cell.trim());
    cell = '';
  };
  for (let at = 0; at < text.length; at += 1) {
    const sign = text[at] ?? '';
    if (isQuoted) {
      if (sign !== '"') cell += sign;
      else if (text[at + 1] === '"') {
        cell += '"';
        at += 1;
      } else isQuoted = false;
    } else if (sign === '"' && cell.trim() === '') isQuoted = true;
    else if (sign === divider) endCell();
    else if (sign === '\n') {
      endCell();
      rows.push([]);
    } else if (sign !== '\r') cell += sign;
  }
  endCell();
  return rows.filter((row) => row.some((one) => one !== ''));
}

/** One spelling of letters and spaces, so that a head is known however its panel writes it. */
const plain = (head: string) =>
  head
    .toLowerCase()
    .replaceAll('ي', 'ی')
    .replaceAll('ك', 'ک')
    .replaceAll(/[\u200c\s]+/g, ' ')
    .trim();

/** A whole amount as panels write it: with grouping, either digits, a minus for what goes out. */
function readAmount(text: string, factor: bigint): bigint | null {
  const digits = toAsciiDigits(text)
    .replaceAll(/[,٬\s]|ریال|تومان/g, '')
    .replace('−', '-')
    .replace(/\.0+$/, '');
  return /^-?\d{1,15}$/.test(digits) ? BigInt(digits) * factor : null;
}

const keyOrNone = (text: string | undefined) => {
  const key = toAsciiDigits(text ?? '')
    .replace(/^'/, '')
    .trim();
  return /^[0-9A-Za-z-]{1,64}$/.test(key) && key !== '0' && key !== '-' ? key : null;
};

function columnsOf(head: readonly string[]): Partial<Record<Column, number>> {
  const found: Partial<Record<Column, number>> = {};
  for (const [at, name] of head.map(plain).entries()) {
    // The most telling word first: the fee's own reference is a fee, a settlement's date a date.
    const column = (['fee', 'dated', 'deposit', 'authority', 'refNumber', 'kind', 'amount'] as const).find(
      (one) => heads[one].test(name),
    );
    if (column && found[column] === undefined) found[column] = at;
  }
  return found;
}

/**
 * Reads a settlement report of the gateway from CSV: a head that names its columns, in Persian or English, an amount and
 * a reference number or an authority in each line. A head that says Toman counts in Toman. Fails beside the field with
 * the first line that cannot be read; nothing is guessed.
 */
export function readReport(text: string): Result<ReportLine[]> {
  const [head = [], ...rows] = cellsOf(text.replace(/^\uFEFF/, ''));
  const columns = columnsOf(head);
  const wrong = (message: string, detail: string, values: Readonly<Record<string, number>> = {}) =>
    fail('input.invalid', detail, { fields: { text: `admin.settlements.${message}` }, values });
  if (columns.amount === undefined || (columns.authority ?? columns.refNumber) === undefined) {
    return wrong('noColumns', 'no amount, or nothing to know a payment by');
  }
  if (rows.length === 0) return wrong('noLines', 'no lines');
  if (rows.length > reportLinesAtMost) return wrong('tooLong', `${rows.length} lines`);
  const factorOf = (at: number | undefined) =>
    /toman|تومان|irt/.test(plain(head[at ?? -1] ?? '')) ? 10n : 1n;
  const lines: ReportLine[] = [];
  for (const [index, row] of rows.entries()) {
    const cell = (column: Column) => (columns[column] === undefined ? '' : (row[columns[column]] ?? ''));
    const amount = readAmount(cell('amount'), factorOf(columns.amount));
    const authority = keyOrNone(cell('authority'));
    const refNumber = keyOrNone(cell('refNumber'));
    const feeText = cell('fee');
    const fee = feeText === '' ? null : readAmount(feeText, factorOf(columns.fee));
    if (amount === null || amount === 0n || (!authority && !refNumber) || (feeText !== '' && fee === null)) {
      return wrong('lineWrong', `line ${index + 2} cannot be read`, { line: index + 2 });
    }
    const isRefund = amount < 0n || /refund|revers|بازگشت|استرداد|عودت/.test(plain(cell('kind')));
    lines.push({
      line: index + 2,
      kind: isRefund ? 'refund' : 'sale',
      deposit: keyOrNone(cell('deposit')),
      dated: cell('dated').slice(0, 40) || null,
      authority,
      refNumber,
      amountRials: amount < 0n ? -amount : amount,
      feeRials: fee === null ? null : fee < 0n ? -fee : fee,
    });
  }
  return succeed(lines);
}

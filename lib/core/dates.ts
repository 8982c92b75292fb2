import type { Locale } from './i18n/routing.ts';

const timeZone = 'Asia/Tehran';
/** `fa-IR` counts years in the Jalali calendar by itself. */
const tags: Record<Locale, string> = { fa: 'fa-IR', en: 'en-GB' };

function dayFormat(locale: Locale): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat(tags[locale], { day: 'numeric', month: 'long', year: 'numeric', timeZone });
}

function timeFormat(locale: Locale): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat(tags[locale], {
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    timeZone,
  });
}

/** A day as people here write it: ۱ آذر ۱۴۰۵, 22 November 2026. The same on server and browser. */
export function formatDay(locale: Locale, date: Date): string {
  const parts = Object.fromEntries(
    dayFormat(locale)
      .formatToParts(date)
      .map(({ type, value }) => [type, value]),
  );
  return `${parts.day} ${parts.month} ${parts.year}`;
}

/** The hour and minute in Tehran. */
export function formatTime(locale: Locale, date: Date): string {
  return timeFormat(locale).format(date);
}

const jalaliParts = new Intl.DateTimeFormat('en-u-ca-persian-nu-latn', {
  year: 'numeric',
  month: 'numeric',
  day: 'numeric',
  timeZone: 'UTC',
});
const dayMs = 86_400_000;
/** Tehran has kept this distance from UTC since 2022. */
const tehranMs = 3.5 * 3_600_000;

/** The Jalali year, month (1 to 12) and day of a moment in Tehran. */
function toJalali(date: Date): { year: number; month: number; day: number } {
  const parts = Object.fromEntries(
    jalaliParts
      .formatToParts(new Date(date.getTime() + tehranMs))
      .map(({ type, value }) => [type, Number.parseInt(value, 10)]),
  );
  return { year: parts.year ?? 0, month: parts.month ?? 0, day: parts.day ?? 0 };
}

/** The moment a Jalali day begins in Tehran; null for a day that the calendar does not have. */
function fromJalali(year: number, month: number, day: number): Date | null {
  if (year < 1300 || year > 1500) return null;
  // Within a day of it by the mean year; the calendar itself decides.
  const guess =
    Date.UTC(year + 621, 2, 21) +
    (Math.min(month - 1, 6) * 31 + Math.max(month - 7, 0) * 30 + day - 1) * dayMs;
  for (const shift of [0, -1, 1, -2, 2]) {
    const begins = new Date(guess + shift * dayMs - tehranMs);
    const found = toJalali(begins);
    if (found.year === year && found.month === month && found.day === day) return begins;
  }
  return null;
}

/**
 * The moment a day begins in Tehran that somebody typed, in Latin digits: 1406/01/01 by the Jalali calendar or
 * 2027-03-21 by the other. Null for what is no day.
 */
export function parseDay(text: string): Date | null {
  const [, year, month, day] = (/^(\d{4})[/-](\d{1,2})[/-](\d{1,2})$/.exec(text.trim()) ?? []).map(Number);
  if (!year || !month || !day) return null;
  if (year < 1700) return fromJalali(year, month, day);
  const begins = new Date(Date.UTC(year, month - 1, day));
  const isReal = begins.getUTCMonth() === month - 1 && begins.getUTCDate() === day;
  return isReal ? new Date(begins.getTime() - tehranMs) : null;
}

/** A Jalali month as an address carries it, 1405-09, and when it begins and ends in Tehran; null for what is none. */
export type JalaliMonth = { readonly name: string; readonly from: Date; readonly to: Date };

function monthOf(year: number, month: number): JalaliMonth | null {
  const from = fromJalali(year, month, 1);
  const to = month === 12 ? fromJalali(year + 1, 1, 1) : fromJalali(year, month + 1, 1);
  return from && to && { name: `${year}-${String(month).padStart(2, '0')}`, from, to };
}

export function parseMonth(text: string | undefined): JalaliMonth | null {
  const [, year, month] = (/^(\d{4})-(\d{2})$/.exec(text ?? '') ?? []).map(Number);
  return year && month ? monthOf(year, month) : null;
}

/** The month of a moment and those before it, latest first. */
export function latestMonths(at: Date, count: number): JalaliMonth[] {
  const { year, month } = toJalali(at);
  return Array.from({ length: count }, (_, back) => {
    const months = year * 12 + (month - 1) - back;
    return monthOf(Math.floor(months / 12), (months % 12) + 1);
  }).filter((one) => one !== null);
}

/** A day by the Jalali calendar in Latin digits, as tables and accountants sort it: 1405/09/09. */
export function writeJalali(date: Date): string {
  const { year, month, day } = toJalali(date);
  return [year, String(month).padStart(2, '0'), String(day).padStart(2, '0')].join('/');
}

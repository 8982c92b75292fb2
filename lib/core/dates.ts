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

import { z } from 'zod';
import { parseDay } from '#lib/core/dates.ts';
import { toAsciiDigits } from '#lib/core/phone.ts';
import { bannerKinds } from '#lib/notifications/banner/store.ts';

/** A day, by either calendar and with either digits, and an hour of it in Tehran if one is given: `1405/09/20 22:30`. */
const moment = z.string().transform((typed, context) => {
  const [, day = '', hours = '0', minutes = '0'] =
    /^(\S+?)(?:[\s،,]+(\d{1,2}):(\d{2}))?$/.exec(toAsciiDigits(typed).trim()) ?? [];
  const begins = parseDay(day);
  if (begins && Number(hours) < 24 && Number(minutes) < 60) {
    return new Date(begins.getTime() + (Number(hours) * 60 + Number(minutes)) * 60_000);
  }
  context.addIssue('admin.banners.momentWrong');
  return z.NEVER;
});
const text = z.string().trim().min(1, 'admin.banners.textMissing').max(300, 'admin.banners.textMissing');

export const bannerInput = z.strictObject({
  kind: z.enum(bannerKinds),
  fa: text,
  en: text,
  startsAt: z.union([z.literal('').transform(() => null), moment]),
  endsAt: moment,
});

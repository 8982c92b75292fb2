import { hasLocale } from 'next-intl';
import { getRequestConfig } from 'next-intl/server';
import en from '#messages/en.json' with { type: 'json' };
import fa from '#messages/fa.json' with { type: 'json' };
import { env } from '../env/env.ts';
import { forEngine } from './engine-words.ts';
import { routing } from './routing.ts';

const messages = { fa, en };

/** The named formats that sentences use; what they are compiled to for pages knows none by itself. */
export const formats = { number: { percent: { style: 'percent' } } } as const;

/** What next-intl needs to know for one request. */
export default getRequestConfig(async ({ requestLocale }) => {
  const requested = await requestLocale;
  const locale = hasLocale(routing.locales, requested) ? requested : routing.defaultLocale;
  return {
    locale,
    messages: forEngine(messages[locale], env().engines),
    formats,
    timeZone: 'Asia/Tehran',
  };
});

import { createTranslator } from 'next-intl';
import { env } from '#lib/core/env/env.ts';
import { forEngine } from '#lib/core/i18n/engine-words.ts';
import { errorOffPage } from '#lib/core/i18n/off-page.ts';
import type { Locale } from '#lib/core/i18n/routing.ts';
import type { Failure } from '#lib/core/result.ts';
import en from '#messages/en.json' with { type: 'json' };
import fa from '#messages/fa.json' with { type: 'json' };

const messages = { fa, en };

type Values = Readonly<Record<string, string | number | Date>>;

/** A sentence of `messages/` by its key, in a chat's language. */
export type Words = (key: string, values?: Values) => string;

/** The sentences of a language. Throws nothing: a key that is not there is said as it is. */
export function wordsOf(locale: Locale): Words {
  const t = createTranslator({
    locale,
    messages: forEngine(messages[locale], env().engines),
    timeZone: 'Asia/Tehran',
  });
  return (key, values) => t(key as never, values as never);
}

const [minute, hour] = [60, 3600];

/** What is said of a failure: the site's own sentence where that does not speak of a page, and how long one waits. */
export function failureText(t: Words, failure: Failure): string {
  const [field] = Object.values(failure.fields ?? {});
  const said = t(field ?? errorOffPage(failure.code));
  const seconds = failure.retryAfterSeconds;
  if (failure.code !== 'rate.limited' || !seconds) return said;
  if (seconds < minute) return `${said} ${t('bot.again.seconds', { count: seconds })}`;
  if (seconds < hour) return `${said} ${t('bot.again.minutes', { count: Math.ceil(seconds / minute) })}`;
  return `${said} ${t('bot.again.hours', { count: Math.ceil(seconds / hour) })}`;
}

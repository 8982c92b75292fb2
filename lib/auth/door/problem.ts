import { env } from '#lib/core/env/env.ts';
import { errorStatus } from '#lib/core/errors.ts';
import { errorOffPage } from '#lib/core/i18n/off-page.ts';
import type { Locale } from '#lib/core/i18n/routing.ts';
import type { Failure } from '#lib/core/result.ts';
import en from '#messages/en.json' with { type: 'json' };
import fa from '#messages/fa.json' with { type: 'json' };

/** In which of our languages a program wants to be told: Persian where that is asked for first, else English. */
function languageOf(headers: Headers): Locale {
  return /^\s*fa\b/i.test(headers.get('accept-language') ?? '') ? 'fa' : 'en';
}

/** The sentence of a key in `messages/`. */
function sentenceOf(locale: Locale, key: string): string {
  let at: unknown = locale === 'fa' ? fa : en;
  for (const part of key.split('.')) at = (at as Record<string, unknown> | undefined)?.[part];
  return typeof at === 'string' ? at : key;
}

/**
 * A failure as the API answers it: problem details (RFC 9457) under the code's HTTP status. `type` is a page that tells of
 * the code, `title` its sentence, `errors` each field that is wrong. A failure's own text stays on the server.
 */
export function answerProblem(failure: Failure, request: Request): Response {
  const { code, fields, retryAfterSeconds } = failure;
  const locale = languageOf(request.headers);
  const status = errorStatus[code];
  const body = {
    type: `${env().nextauthUrl}${locale === 'en' ? '/en' : ''}/developers#${code}`,
    title: sentenceOf(locale, errorOffPage(code)),
    status,
    code,
    ...(fields
      ? {
          errors: Object.entries(fields).map(([field, key]) => ({
            pointer: `#/${field}`,
            detail: sentenceOf(locale, key),
          })),
        }
      : {}),
    ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }),
  };
  const challenge = {
    'auth.required': 'Bearer realm="AI Stayler", error="invalid_token"',
    'token.scope': 'Bearer realm="AI Stayler", error="insufficient_scope"',
  }[code as string];
  return new Response(JSON.stringify(body), {
    status,
    headers: {
      'content-type': 'application/problem+json',
      'content-language': locale,
      'cache-control': 'no-store',
      ...(retryAfterSeconds === undefined ? {} : { 'retry-after': String(retryAfterSeconds) }),
      ...(challenge ? { 'www-authenticate': challenge } : {}),
    },
  });
}

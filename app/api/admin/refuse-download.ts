import { answerFailure } from '#lib/core/answer.ts';
import { localePath } from '#lib/core/i18n/routing.ts';
import type { Failure } from '#lib/core/result.ts';

/**
 * What a download of the console answers when it is not given. A browser that came from a page with a form is shown that
 * page, not a code, when only a step of signing in is missing: it says which.
 */
export function refuseDownload(failure: Failure, request: Request, page: string): Response {
  const isPage = request.headers.get('sec-fetch-mode') === 'navigate';
  const isOpening = failure.code === 'auth.sessionOld' || failure.code === 'auth.factorMissing';
  if (!isPage || !isOpening) return answerFailure(failure);
  const locale = new URL(request.url).searchParams.get('locale') === 'en' ? 'en' : 'fa';
  return new Response(null, {
    status: 303,
    headers: { location: localePath(locale, page), 'cache-control': 'no-store' },
  });
}

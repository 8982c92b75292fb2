import { exportAudit } from '#lib/admin/audit/export-audit.ts';
import { readAuditFilter } from '#lib/admin/audit/list-audit.ts';
import { passAdmin } from '#lib/auth/door/route-door.ts';
import { adminPaths, withNext } from '#lib/auth/paths.ts';
import { answerFailure } from '#lib/core/answer.ts';
import { localePath } from '#lib/core/i18n/routing.ts';
import { fail } from '#lib/core/result.ts';

/** The audit log as CSV, by the filters of its page; `reason` says what for. */
export async function GET(request: Request): Promise<Response> {
  const query = Object.fromEntries(new URL(request.url).searchParams);
  const reason = query.reason?.trim().slice(0, 300) ?? '';
  const actor = await passAdmin(request, 'admin.check', reason);
  if (!actor.ok) {
    const isPage = request.headers.get('sec-fetch-mode') === 'navigate';
    return isPage && actor.code === 'auth.sessionOld' ? leadToSignIn(query.locale) : answerFailure(actor);
  }
  if (reason.length < 3) return answerFailure(fail('input.invalid', 'no reason given'));
  const exported = await exportAudit(actor.value, readAuditFilter(query));
  if (!exported.ok) return answerFailure(exported);
  return new Response(exported.value, {
    headers: {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': 'attachment; filename="audit.csv"',
      'cache-control': 'private, no-store',
    },
  });
}

/** A browser that came from the page with a form is shown a page, not a code. */
function leadToSignIn(locale: string | undefined): Response {
  const path = localePath(
    locale === 'en' ? 'en' : 'fa',
    withNext(adminPaths.again, '/admin/audit', adminPaths.home),
  );
  return new Response(null, { status: 303, headers: { location: path, 'cache-control': 'no-store' } });
}

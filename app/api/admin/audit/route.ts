import { exportAudit } from '#lib/admin/export-audit.ts';
import { readAuditFilter } from '#lib/admin/list-audit.ts';
import { passAdmin } from '#lib/auth/route-door.ts';
import { answerFailure } from '#lib/core/answer.ts';
import { fail } from '#lib/core/result.ts';

/** The audit log as CSV, by the filters of its page; `reason` says what for. */
export async function GET(request: Request): Promise<Response> {
  const query = Object.fromEntries(new URL(request.url).searchParams);
  const reason = query.reason?.trim().slice(0, 300) ?? '';
  const actor = await passAdmin(request, 'admin.check', reason);
  if (!actor.ok) return answerFailure(actor);
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

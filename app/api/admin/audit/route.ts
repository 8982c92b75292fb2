import { z } from 'zod';
import { exportAudit } from '#lib/admin/audit/export-audit.ts';
import { readAuditFilter } from '#lib/admin/audit/list-audit.ts';
import { placeRoles } from '#lib/admin/policy.ts';
import { adminRoute } from '#lib/auth/door/route.ts';
import { adminPaths } from '#lib/auth/paths.ts';
import { notKept } from '#lib/core/answer.ts';
import { refuseDownload } from '../refuse-download.ts';

/** The audit log as CSV, by the filters of its page; `reason` says what for. */
export const GET = adminRoute({
  query: z.object({ reason: z.string().trim().min(3).max(300) }).catchall(z.string()),
  roles: placeRoles.audit,
  limit: 'admin.check',
  handler: async ({ actor, query }) => {
    const exported = await exportAudit({ ...actor, reason: query.reason }, readAuditFilter(query));
    if (!exported.ok) return exported;
    return new Response(exported.value, {
      headers: {
        'content-type': 'text/csv; charset=utf-8',
        'content-disposition': 'attachment; filename="audit.csv"',
        'cache-control': notKept,
      },
    });
  },
  refused: (failure, request) => refuseDownload(failure, request, `${adminPaths.home}/audit`),
});

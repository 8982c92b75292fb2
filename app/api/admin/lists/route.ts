import { z } from 'zod';
import { exportList } from '#lib/admin/export/export-list.ts';
import { listNames, rolesOfList } from '#lib/admin/export/lists.ts';
import { adminRoute } from '#lib/auth/door/route.ts';
import { adminPaths } from '#lib/auth/paths.ts';
import { notKept } from '#lib/core/answer.ts';
import { refuseDownload } from '../refuse-download.ts';

/** A list of the console as CSV, by the filters of its page; `reason` says what for. */
export const GET = adminRoute({
  query: z
    .object({
      list: z.enum(listNames),
      reason: z.string().trim().min(3).max(300),
      locale: z.string().max(5).optional(),
    })
    .catchall(z.string().max(200)),
  roles: (url) => rolesOfList(url.searchParams.get('list')),
  limit: 'admin.check',
  handler: async ({ actor, query: { list, reason, locale: _shownIn, ...filter } }) => {
    const exported = await exportList({ ...actor, reason }, list, filter as Record<string, string>);
    if (!exported.ok) return exported;
    return new Response(exported.value, {
      headers: {
        'content-type': 'text/csv; charset=utf-8',
        'content-disposition': `attachment; filename="${list}.csv"`,
        'cache-control': notKept,
      },
    });
  },
  refused: (failure, request) => refuseDownload(failure, request, adminPaths.home),
});

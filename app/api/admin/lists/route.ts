import { z } from 'zod';
import { exportList } from '#lib/admin/export/export-list.ts';
import { listNames, rolesOfList } from '#lib/admin/export/lists.ts';
import { adminRoute } from '#lib/auth/door/route.ts';
import { adminPaths } from '#lib/auth/paths.ts';
import { notKept } from '#lib/core/answer.ts';
import { routing } from '#lib/core/i18n/routing.ts';
import { exportFormats, exportTypes } from '#lib/core/table/table.ts';
import { refuseDownload } from '../refuse-download.ts';

/** A list of the console as CSV or XLSX, by the filters of its page; `reason` says what for. */
export const GET = adminRoute({
  query: z
    .object({
      list: z.enum(listNames),
      reason: z.string().trim().min(3).max(300),
      format: z.enum(exportFormats).default('csv'),
      locale: z.enum(routing.locales).catch('fa'),
    })
    .catchall(z.string().max(200)),
  roles: (url) => rolesOfList(url.searchParams.get('list')),
  limit: 'admin.check',
  handler: async ({ actor, query: { list, reason, format, locale, ...filter } }) => {
    const exported = await exportList({ ...actor, reason }, list, filter as Record<string, string>, {
      format,
      locale,
    });
    if (!exported.ok) return exported;
    return new Response(exported.value, {
      headers: {
        'content-type': exportTypes[format],
        'content-disposition': `attachment; filename="${list}.${format}"`,
        'cache-control': notKept,
      },
    });
  },
  refused: (failure, request) => refuseDownload(failure, request, adminPaths.home),
});

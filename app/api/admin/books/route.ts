import { z } from 'zod';
import { bookParts, exportBooks } from '#lib/admin/books/export-books.ts';
import { readBookFilter } from '#lib/admin/books/read-filter.ts';
import { placeRoles } from '#lib/admin/policy.ts';
import { adminRoute } from '#lib/auth/door/route.ts';
import { adminPaths } from '#lib/auth/paths.ts';
import { notKept } from '#lib/core/answer.ts';
import { routing } from '#lib/core/i18n/routing.ts';
import { exportFormats, exportTypes } from '#lib/core/table/table.ts';
import { refuseDownload } from '../refuse-download.ts';

/** The books of a month as CSV or XLSX, by the filters of their page; `reason` says what for. */
export const GET = adminRoute({
  query: z
    .object({
      reason: z.string().trim().min(3).max(300),
      part: z.enum(bookParts),
      format: z.enum(exportFormats),
      locale: z.enum(routing.locales).catch('fa'),
    })
    .catchall(z.string()),
  roles: placeRoles.books,
  limit: 'admin.check',
  handler: async ({ actor, query }) => {
    const { part, format, locale, reason, ...filters } = query;
    const filter = readBookFilter(filters as Record<string, string>);
    const exported = await exportBooks({ ...actor, reason }, filter, { part, format, locale });
    if (!exported.ok) return exported;
    return new Response(exported.value, {
      headers: {
        'content-type': exportTypes[format],
        'content-disposition': `attachment; filename="${part}-${filter.month.name}.${format}"`,
        'cache-control': notKept,
      },
    });
  },
  refused: (failure, request) => refuseDownload(failure, request, `${adminPaths.home}/books`),
});

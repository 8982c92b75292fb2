import { exportAccount } from '#lib/account/export-account.ts';
import { accountRoute } from '#lib/auth/door/route.ts';
import { notKept } from '#lib/core/answer.ts';

/** Everything the signed-in account has, as a zip archive; `?as=vendor` for the vendor's. */
export const GET = accountRoute({
  limit: 'account.export',
  handler: async ({ actor }) => {
    const archive = await exportAccount(actor);
    if (!archive.ok) return archive;
    return new Response(archive.value, {
      headers: {
        'content-type': 'application/zip',
        'content-disposition': 'attachment; filename="ai-stayler.zip"',
        'cache-control': notKept,
      },
    });
  },
});

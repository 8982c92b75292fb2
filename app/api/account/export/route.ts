import { exportAccount } from '#lib/account/export-account.ts';
import { passUser, passVendor } from '#lib/auth/door/route-door.ts';
import { answerFailure } from '#lib/core/answer.ts';

/** Everything the signed-in account has, as a zip archive; `?as=vendor` for the vendor's. */
export async function GET(request: Request): Promise<Response> {
  const asVendor = new URL(request.url).searchParams.get('as') === 'vendor';
  const actor = asVendor
    ? await passVendor(request, 'account.export')
    : await passUser(request, 'account.export');
  if (!actor.ok) return answerFailure(actor);
  const archive = await exportAccount(actor.value);
  if (!archive.ok) return answerFailure(archive);
  return new Response(archive.value, {
    headers: {
      'content-type': 'application/zip',
      'content-disposition': 'attachment; filename="ai-stayler.zip"',
      'cache-control': 'private, no-store',
    },
  });
}

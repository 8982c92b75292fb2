import { passUser } from '#lib/auth/door/route-door.ts';
import { findPreviews } from '#lib/conversions/preview/find-previews.ts';
import { answerFailure } from '#lib/core/answer.ts';

type Context = { params: Promise<{ imageId: string }> };

/** The previews of the signed-in user's photo that are there; the others are begun. */
export async function GET(request: Request, { params }: Context): Promise<Response> {
  const passed = await passUser(request, 'preview.read');
  if (!passed.ok) return answerFailure(passed);
  const found = await findPreviews(passed.value, (await params).imageId, { begin: true });
  if (!found.ok) return answerFailure(found);
  return Response.json(found.value, { headers: { 'cache-control': 'private, no-store' } });
}

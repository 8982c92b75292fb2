import { passUser } from '#lib/auth/door/route-door.ts';
import { checkPhoto } from '#lib/conversions/photo-check/check-photo.ts';
import { answerFailure } from '#lib/core/answer.ts';

type Context = { params: Promise<{ imageId: string }> };

/** What is to be said about the signed-in user's photo before it is converted. Free. */
export async function GET(request: Request, { params }: Context): Promise<Response> {
  const passed = await passUser(request, 'photo.check');
  if (!passed.ok) return answerFailure(passed);
  const checked = await checkPhoto(passed.value, (await params).imageId);
  if (!checked.ok) return answerFailure(checked);
  return Response.json(checked.value, { headers: { 'cache-control': 'private, no-store' } });
}

import { passAdmin } from '#lib/auth/door/route-door.ts';
import { answerFailure } from '#lib/core/answer.ts';
import { readModerated } from '#lib/files/review/decide-moderation.ts';

type Context = { params: Promise<{ id: string }> };

/** The picture of a case that waits for an administrator's word. Kept nowhere on the way. */
export async function GET(request: Request, { params }: Context): Promise<Response> {
  const actor = await passAdmin(request, 'admin.act');
  if (!actor.ok) return answerFailure(actor);
  const picture = await readModerated((await params).id ?? '');
  if (!picture.ok) return answerFailure(picture);
  return new Response(new Uint8Array(picture.value), {
    headers: { 'content-type': 'image/jpeg', 'cache-control': 'private, no-store' },
  });
}

import { passUser } from '#lib/auth/door/route-door.ts';
import { readPreview } from '#lib/conversions/preview/find-previews.ts';
import { answerFailure } from '#lib/core/answer.ts';

type Context = { params: Promise<{ imageId: string; style: string }> };

/** One preview of the signed-in user's photo, as soon as it is there. */
export async function GET(request: Request, { params }: Context): Promise<Response> {
  const passed = await passUser(request, 'preview.read');
  if (!passed.ok) return answerFailure(passed);
  const { imageId, style } = await params;
  const found = await readPreview(passed.value, imageId, style);
  if (!found.ok) return answerFailure(found);
  return new Response(found.value, {
    headers: {
      'content-type': 'image/webp',
      'content-length': String(found.value.length),
      // The address carries the recipes' edition; only this browser keeps it, and not for long.
      'cache-control': 'private, max-age=600',
      'content-security-policy': "default-src 'none'; sandbox",
      'x-content-type-options': 'nosniff',
      'cross-origin-resource-policy': 'same-origin',
    },
  });
}

import { userRoute } from '#lib/auth/door/route.ts';
import { makePng } from '#lib/conversions/history/make-png.ts';
import { conversionIdInput } from '#lib/conversions/input.ts';
import { notKept } from '#lib/core/answer.ts';

/** One's own result as PNG, to be saved. */
export const GET = userRoute({
  params: conversionIdInput,
  limit: 'conversion.download',
  handler: async ({ actor, params }) => {
    const made = await makePng(actor, params.id);
    if (!made.ok) return made;
    const { bytes, conversion } = made.value;
    return new Response(new Uint8Array(bytes), {
      headers: {
        'content-type': 'image/png',
        'content-length': String(bytes.length),
        'content-disposition': `attachment; filename="${conversion.style}.png"`,
        'cache-control': notKept,
        'x-content-type-options': 'nosniff',
      },
    });
  },
});

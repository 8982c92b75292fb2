import { z } from 'zod';
import { publicRoute } from '#lib/auth/door/route.ts';
import { chatWith } from '#lib/bot/chat-with.ts';
import { botPlatforms } from '#lib/core/env/bot-env.ts';
import { fail } from '#lib/core/result.ts';
import { handleText } from '#lib/gallery/public/read-gallery.ts';
import { makeQr } from '#lib/sharing/qr/make-qr.ts';

/**
 * The code of a shop's page, or of one of its albums (`?album=`) or pictures (`?image=`): SVG, or with `?form=pdf` a sheet
 * to print. A picture's opens a chat with a bot of ours where one is named (`?chat=`). It leads to what everybody may see, so
 * everybody may have it.
 */
export const GET = publicRoute({
  params: z.object({ handle: handleText }),
  query: z.object({
    album: z.uuid().optional(),
    image: z.uuid().optional(),
    chat: z.enum(botPlatforms).optional(),
    form: z.enum(['svg', 'pdf']).catch('svg'),
    locale: z.enum(['fa', 'en']).catch('fa'),
  }),
  limit: 'gallery.print',
  handler: async ({ params: { handle }, query: { form, locale, chat, ...what } }) => {
    const into = chat ? chatWith(chat, what.image, locale) : null;
    if (chat && !into) return fail('notFound', `no bot in ${chat}, or no picture`);
    const made = await makeQr({ handle, ...what }, { form, locale, chat: into });
    if (!made.ok) return made;
    const { bytes, type, fileName } = made.value;
    return new Response(new Uint8Array(bytes), {
      headers: {
        'content-type': type,
        'content-length': String(bytes.length),
        'content-disposition': `${form === 'pdf' ? 'attachment' : 'inline'}; filename="${fileName}"`,
        'cache-control': 'no-cache',
        'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; sandbox",
        'x-content-type-options': 'nosniff',
      },
    });
  },
});

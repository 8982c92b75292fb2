import { getTranslations } from 'next-intl/server';
import { z } from 'zod';
import { publicRoute } from '#lib/auth/door/route.ts';
import { env } from '#lib/core/env/env.ts';
import { fail } from '#lib/core/result.ts';
import { embedCode, embedSize, readEmbed } from '#lib/gallery/embed/read-embed.ts';
import { absoluteUrl, publicUrl } from '#lib/gallery/public/address.ts';
import { profilePath } from '#lib/gallery/public/paths.ts';

/** A page of ours that has a frame: a shop's, in one of the languages. */
const shopPage = /^\/(?:(en)\/)?g\/([a-z0-9][a-z0-9_-]{1,28}[a-z0-9])\/?$/i;

/** What other programs embed a shop's page as (https://oembed.com, JSON alone): a rich frame without a script. */
export const GET = publicRoute({
  query: z.object({ url: z.string().max(500), format: z.string().max(10).optional() }),
  limit: 'public.read',
  handler: async ({ query: { url, format } }) => {
    // The protocol names the status for a form that is not spoken.
    if (format && format !== 'json') return new Response(null, { status: 501 });
    const asked = URL.parse(url);
    const isOurs = asked?.origin === new URL(env().nextauthUrl).origin;
    const [, english, handle] = (isOurs && shopPage.exec(asked.pathname)) || [];
    const embed = handle ? await readEmbed(handle.toLowerCase()) : null;
    if (!embed) return fail('notFound', 'no page of ours that can be framed');
    const locale = english ? 'en' : 'fa';
    const { vendor, images } = embed;
    const [first] = images;
    const t = await getTranslations({ locale, namespace: 'site' });
    return Response.json(
      {
        version: '1.0',
        type: 'rich',
        title: vendor.name,
        author_name: vendor.name,
        author_url: publicUrl(locale, profilePath(vendor.handle)),
        provider_name: t('name'),
        provider_url: publicUrl(locale, '/'),
        html: embedCode(locale, vendor),
        ...embedSize,
        ...(first
          ? {
              thumbnail_url: absoluteUrl(first.thumbUrl),
              thumbnail_width: 320,
              thumbnail_height: Math.round((320 * first.height) / first.width),
            }
          : {}),
      },
      { headers: { 'cache-control': 'no-cache', 'access-control-allow-origin': '*' } },
    );
  },
});

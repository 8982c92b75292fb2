import type { MetadataRoute } from 'next';
import { getTranslations } from 'next-intl/server';
import { z } from 'zod';
import { publicRoute } from '#lib/auth/door/route.ts';
import { direction, localePath, routing } from '#lib/core/i18n/routing.ts';
import { pictureTypes } from '#lib/files/policy.ts';
import { palette } from '../../../tailwind.config.ts';

/** How the site looks as an installed app, and that photos can be shared into it, in the reader's language. */
export const GET = publicRoute({
  params: z.object({ locale: z.enum(routing.locales) }),
  limit: { unlimited: 'manifest: a text from memory' },
  handler: async ({ params: { locale } }) => {
    const [site, pages] = await Promise.all([
      getTranslations({ locale, namespace: 'site' }),
      getTranslations({ locale, namespace: 'shell.pages' }),
    ]);
    const path = (page: string) => localePath(locale, page);
    const manifest = {
      id: '/',
      name: site('title'),
      short_name: site('name'),
      description: site('description'),
      lang: locale,
      dir: direction[locale],
      start_url: path('/studio'),
      scope: '/',
      display: 'standalone',
      background_color: palette.light.background,
      theme_color: palette.light.background,
      icons: [
        { src: '/icons/192.png', sizes: '192x192', type: 'image/png' },
        { src: '/icons/512.png', sizes: '512x512', type: 'image/png' },
        { src: '/icons/512-maskable.png', sizes: '512x512', type: 'image/png', purpose: 'maskable' },
      ],
      shortcuts: [
        { name: pages('studio'), url: path('/studio') },
        { name: pages('conversions'), url: path('/conversions') },
      ],
      // Taken by public/sw.js before it reaches the network.
      share_target: {
        action: path('/studio/share'),
        method: 'post',
        enctype: 'multipart/form-data',
        params: { files: [{ name: 'photo', accept: [...pictureTypes] }] },
      },
    } satisfies MetadataRoute.Manifest;
    return Response.json(manifest, {
      headers: { 'content-type': 'application/manifest+json', 'cache-control': 'public, max-age=3600' },
    });
  },
});

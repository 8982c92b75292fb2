import { z } from 'zod';
import { publicRoute } from '#lib/auth/door/route.ts';
import { zipAlbum } from '#lib/sharing/album-link/zip-album.ts';
import { linkToken } from '#lib/sharing/link-token.ts';

/** A linked album as one file, where its link allows that. Writes down that it was loaded: only our page may ask. */
export const GET = publicRoute({
  params: z.object({ token: linkToken }),
  limit: 'file.read',
  ownPagesOnly: true,
  handler: ({ request, params }) => zipAlbum(request, params.token),
});

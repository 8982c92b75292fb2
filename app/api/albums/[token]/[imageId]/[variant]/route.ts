import { z } from 'zod';
import { publicRoute } from '#lib/auth/door/route.ts';
import { variantNames } from '#lib/files/policy.ts';
import { sentVariant, serveLinkedImage } from '#lib/sharing/album-link/serve-linked-image.ts';
import { linkToken } from '#lib/sharing/link-token.ts';

/** An image of a linked album, while its link is alive and open to this browser. */
export const GET = publicRoute({
  params: z.object({ token: linkToken, imageId: z.guid(), variant: z.enum([...variantNames, sentVariant]) }),
  limit: 'file.read',
  handler: ({ request, params }) => serveLinkedImage(request, params),
});

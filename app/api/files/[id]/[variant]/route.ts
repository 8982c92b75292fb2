import { z } from 'zod';
import { userFromRequest, vendorFromRequest } from '#lib/auth/door/current.ts';
import { publicRoute } from '#lib/auth/door/route.ts';
import { isRandomId } from '#lib/core/random-id.ts';
import { serveCard, serveFile } from '#lib/files/image/serve-file.ts';
import { variantNames } from '#lib/files/policy.ts';
import { fileStore } from '#lib/files/storage/open-store.ts';

/** A stored picture in one of its sizes: a public one for anybody, a private one for its owner; or a public one's card. */
export const GET = publicRoute({
  params: z.object({ id: z.string().refine(isRandomId), variant: z.enum([...variantNames, 'card']) }),
  limit: 'file.read',
  handler: ({ request, params: { id, variant } }) =>
    variant === 'card'
      ? serveCard(id)
      : serveFile(request, id, variant, {
          store: fileStore(),
          userOf: userFromRequest,
          vendorOf: vendorFromRequest,
        }),
});

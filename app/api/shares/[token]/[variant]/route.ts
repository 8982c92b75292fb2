import { z } from 'zod';
import { publicRoute } from '#lib/auth/door/route.ts';
import { variantNames } from '#lib/files/policy.ts';
import { linkToken } from '#lib/sharing/link-token.ts';
import { serveLinkedResult } from '#lib/sharing/result-link/serve-linked-result.ts';

/** The picture of a shared result, while its link is alive and open to this browser. */
export const GET = publicRoute({
  params: z.object({ token: linkToken, variant: z.enum([...variantNames, 'card']) }),
  limit: 'file.read',
  handler: ({ request, params }) => serveLinkedResult(request, params.token, params.variant),
});

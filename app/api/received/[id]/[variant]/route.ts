import { z } from 'zod';
import { vendorRoute } from '#lib/auth/door/route.ts';
import { firstVariants, laterVariants } from '#lib/files/policy.ts';
import { serveLead } from '#lib/sharing/lead/serve-lead.ts';

const shown = [...firstVariants, ...laterVariants].filter((name) => name !== 'original');

/** A result that was sent to the signed-in vendor, in the sizes of pages. */
export const GET = vendorRoute({
  params: z.object({ id: z.uuid(), variant: z.enum(shown) }),
  limit: 'account.read',
  handler: ({ request, actor, params }) => serveLead(request, actor, params),
});

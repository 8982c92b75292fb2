import { getNextAuth, nextAuthParams, postNextAuth } from '#lib/auth/door/next-auth.ts';
import { publicRoute } from '#lib/auth/door/route.ts';

export const GET = publicRoute({
  params: nextAuthParams,
  limit: 'session.read',
  handler: ({ request, params }) => getNextAuth('vendor', request, params),
});

export const POST = publicRoute({
  params: nextAuthParams,
  limit: 'form.submit',
  handler: ({ request, params }) => postNextAuth('vendor', request, params),
});

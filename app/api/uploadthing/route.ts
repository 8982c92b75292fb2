import { publicRoute } from '#lib/auth/door/route.ts';
import { uploads } from '../open-uploads.ts';

/** UploadThing's protocol. It asks for the session itself, or for the service's signature. */
const protocol = {
  limit: 'upload.carry',
  handler: ({ request }: { request: Request }) => uploads().route(request),
} as const;

export const GET = publicRoute(protocol);
export const POST = publicRoute(protocol);

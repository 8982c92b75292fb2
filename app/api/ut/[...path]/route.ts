import { publicRoute } from '#lib/auth/door/route.ts';
import { uploads } from '../../open-uploads.ts';

/** Where the bytes of an upload arrive, at an address that we signed. */
const ingest = {
  limit: 'upload.carry',
  handler: ({ request }: { request: Request }) => uploads().ingest(request),
} as const;

export const HEAD = publicRoute(ingest);
export const PUT = publicRoute(ingest);

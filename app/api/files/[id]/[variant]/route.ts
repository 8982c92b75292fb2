import { userFromRequest, vendorFromRequest } from '#lib/auth/current.ts';
import { fileStore } from '#lib/files/open-store.ts';
import { serveFile } from '#lib/files/serve-file.ts';

type Context = { params: Promise<{ id: string; variant: string }> };

export async function GET(request: Request, { params }: Context): Promise<Response> {
  const { id, variant } = await params;
  return serveFile(request, id, variant, {
    store: fileStore(),
    userOf: userFromRequest,
    vendorOf: vendorFromRequest,
  });
}

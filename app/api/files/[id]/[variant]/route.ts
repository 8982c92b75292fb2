import { userFromRequest, vendorFromRequest } from '#lib/auth/door/current.ts';
import { serveFile } from '#lib/files/image/serve-file.ts';
import { fileStore } from '#lib/files/storage/open-store.ts';

type Context = { params: Promise<{ id: string; variant: string }> };

export async function GET(request: Request, { params }: Context): Promise<Response> {
  const { id, variant } = await params;
  return serveFile(request, id, variant, {
    store: fileStore(),
    userOf: userFromRequest,
    vendorOf: vendorFromRequest,
  });
}

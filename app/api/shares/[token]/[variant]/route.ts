import { serveSharedPicture } from '#lib/sharing/result-link/serve-shared-picture.ts';

type Context = { params: Promise<{ token: string; variant: string }> };

/** The picture of a shared result, while its link is alive and open to this browser. */
export async function GET(request: Request, { params }: Context): Promise<Response> {
  const { token, variant } = await params;
  return serveSharedPicture(request, token, variant);
}

import { serveLinkedImage } from '#lib/sharing/album-link/serve-linked-image.ts';

type Context = { params: Promise<{ token: string; imageId: string; variant: string }> };

/** An image of a linked album, while its link is alive and open to this browser. */
export async function GET(request: Request, { params }: Context): Promise<Response> {
  return serveLinkedImage(request, await params);
}

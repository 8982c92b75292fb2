import { zipAlbum } from '#lib/sharing/album-link/zip-album.ts';

type Context = { params: Promise<{ token: string }> };

/** A linked album as one file, where its link allows that. */
export async function GET(request: Request, { params }: Context): Promise<Response> {
  return zipAlbum(request, (await params).token);
}

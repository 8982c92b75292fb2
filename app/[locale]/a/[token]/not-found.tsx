import { ClosedLink } from '#components/sharing/closed-link.tsx';
import { tokenOfPage } from '#components/sharing/token-of-page.ts';
import { Missing } from '#components/shell/missing.tsx';
import { getLinkedAlbum } from '#lib/sharing/album-link/queries.ts';

/** An album whose link was closed, or never was one: 404 for programs, and people are told which and whom to ask. */
export default async function LinkedAlbumNotFound() {
  const token = await tokenOfPage();
  const page = token === null ? null : await getLinkedAlbum(token, undefined);
  return page?.state === 'closed' ? <ClosedLink shop={page.shop} /> : <Missing />;
}

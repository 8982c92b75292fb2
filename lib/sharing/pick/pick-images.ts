import { randomUUID } from 'node:crypto';
import { fail, type Result, succeed } from '#lib/core/result.ts';
import { transact } from '#lib/db/transact.ts';
import { findAlbumLink } from '../album-link/find-album-link.ts';
import type { CookieOf } from '../open-link.ts';
import { commentRow, deleteComment, pickRow, sendPicksRow } from './store.ts';

/**
 * What visitors do behind a link to an album: whoever has the link, and its password if it has one, is the client it was made
 * for. Everything fails with `notFound` where the link does not open to this browser or lets nobody choose.
 */
async function linkOf(token: string, cookieOf: CookieOf): Promise<Result<string>> {
  const found = await findAlbumLink(token, cookieOf);
  return found?.isOpen && found.link.hasPicks
    ? succeed(found.link.id)
    : fail('notFound', 'no open link where one may choose');
}

/** Chooses a picture, or takes it back. */
export async function pickImage(
  { token, imageId, isPicked }: { token: string; imageId: string; isPicked: boolean },
  cookieOf: CookieOf,
): Promise<Result<null>> {
  const link = await linkOf(token, cookieOf);
  if (!link.ok) return link;
  return transact(async (tx) =>
    (await pickRow(tx, link.value, imageId, isPicked))
      ? succeed(null)
      : fail('notFound', `image ${imageId} is not behind link ${link.value}`),
  );
}

/** Says something about a picture; under its `id` said again, it is said once. Also fails with `pick.tooMany`. */
export async function commentOnImage(
  { token, imageId, ...said }: { token: string; imageId: string; name: string | null; words: string },
  cookieOf: CookieOf,
  id: string = randomUUID(),
): Promise<Result<{ id: string }>> {
  const link = await linkOf(token, cookieOf);
  if (!link.ok) return link;
  return transact(async (tx) => {
    const became = await commentRow(tx, { id, linkId: link.value, imageId, ...said });
    if (became === 'said') return succeed({ id });
    return became === 'many'
      ? fail('pick.tooMany', `enough was said behind link ${link.value}`)
      : fail('notFound', `image ${imageId} is not behind link ${link.value}`);
  });
}

/** Takes a comment away. */
export async function removeComment(
  { token, id }: { token: string; id: string },
  cookieOf: CookieOf,
): Promise<Result<null>> {
  const link = await linkOf(token, cookieOf);
  if (!link.ok) return link;
  return transact(async (tx) =>
    (await deleteComment(tx, link.value, id))
      ? succeed(null)
      : fail('notFound', `comment ${id} is not behind link ${link.value}`),
  );
}

/** Sends what was chosen: the vendor is told. Answers how many they are. */
export async function sendPicks(
  { token }: { token: string },
  cookieOf: CookieOf,
): Promise<Result<{ count: number }>> {
  const link = await linkOf(token, cookieOf);
  if (!link.ok) return link;
  return transact(async (tx) => {
    const count = await sendPicksRow(tx, link.value);
    return count === null ? fail('notFound', `link ${link.value} has ended`) : succeed({ count });
  });
}

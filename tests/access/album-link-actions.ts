import { one, type TestDatabase } from '#scripts/rig/database.ts';
import { plainManners } from '#tests/support/galleries.ts';

/** What the doors of links to albums need to be opened with. */
export type AlbumLinkPlace = { linkedAlbumId: string; albumLinkId: string; albumToken: string };

/** An album of the vendor with a link to it. */
export async function albumLinkPlace(database: TestDatabase, vendorId: string): Promise<AlbumLinkPlace> {
  const { createAlbumLink } = await import('#lib/sharing/album-link/create-album-link.ts');
  const { id: linkedAlbumId } = one(
    await database.query<{ id: string }>(
      `INSERT INTO albums (vendor_id, name) VALUES ($1, 'x') RETURNING id`,
      [vendorId],
    ),
  );
  const link = await createAlbumLink(
    { kind: 'vendor', vendorId, sessionId: '' },
    {
      albumId: linkedAlbumId,
      name: null,
      days: 7,
      password: null,
      ...plainManners,
      mayDownload: true,
      hasPicks: true,
    },
  );
  if (!link.ok) throw new Error(link.detail);
  return { linkedAlbumId, albumLinkId: link.value.id, albumToken: link.value.path.slice('/a/'.length) };
}

type Entry = { for: 'vendor'; input: (place: AlbumLinkPlace) => unknown; owned: boolean };

/** Every door of links to albums. */
export const albumLinkActions: Record<string, Entry> = {
  'sharing.createAlbumLink': {
    for: 'vendor',
    input: ({ linkedAlbumId }) => ({
      albumId: linkedAlbumId,
      name: '',
      days: 30,
      password: '',
      mayDownload: false,
    }),
    owned: true,
  },
  'sharing.updateAlbumLink': {
    for: 'vendor',
    input: ({ albumLinkId }) => ({
      id: albumLinkId,
      name: 'x',
      days: 'same',
      password: '',
      isOpen: false,
      mayDownload: false,
    }),
    owned: true,
  },
  'sharing.revokeAlbumLink': {
    for: 'vendor',
    input: ({ albumLinkId }) => ({ id: albumLinkId }),
    owned: true,
  },
};

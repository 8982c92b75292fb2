/** Addresses within the public side, without the locale. */

export const profilePath = (handle: string) => `/g/${handle}`;
export const albumPath = (handle: string, albumId: string) => `/g/${handle}/${albumId}`;

/** A page with one of its images opened. */
export const withImage = (path: string, imageId: string) =>
  `${path}${path.includes('?') ? '&' : '?'}image=${imageId}`;

/** Where an image is tried on a photo of one's own; who is not signed in comes back after that. */
export const tryPath = (imageId: string) => `/studio?reference=${imageId}`;

/** The same for an album that is offered as a set. */
export const tryKitPath = (albumId: string) => `/studio?kit=${albumId}`;

/** A page of `/explore`; what says nothing is left out. */
export function explorePath(query: Readonly<Record<string, string | null | undefined>>): string {
  const given = Object.entries(query).filter((entry): entry is [string, string] => Boolean(entry[1]));
  return given.length === 0 ? '/explore' : `/explore?${new URLSearchParams(given)}`;
}

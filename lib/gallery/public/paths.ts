import type { LookShades } from '#lib/gallery/look/kinds.ts';

/** Addresses within the public side, without the locale. */

export const profilePath = (handle: string) => `/g/${handle}`;
export const albumPath = (handle: string, albumId: string) => `/g/${handle}/${albumId}`;

/** A page with one of its images opened. */
export const withImage = (path: string, imageId: string) =>
  `${path}${path.includes('?') ? '&' : '?'}image=${imageId}`;

/** Shades as an address says them: `hair-5a3420` or `lips-b01040,eyes-6a5a8a`. */
export function shadesText(shades: LookShades | null | undefined): string | null {
  const said = Object.entries(shades ?? {}).map(([part, shade]) => `${part}-${shade.slice(1)}`);
  return said.length > 0 ? said.join(',') : null;
}

/** What {@link shadesText} wrote; whatever else is there is not read. */
export function readShades(text: string): LookShades | undefined {
  const said = text.split(',').flatMap((one) => {
    const [, part, shade] = /^(hair|lips|eyes|cheeks)-([0-9a-f]{6})$/i.exec(one) ?? [];
    return part && shade ? [[part, `#${shade.toLowerCase()}`] as const] : [];
  });
  return said.length > 0 ? Object.fromEntries(said) : undefined;
}

/** Where an image is tried on a photo of one's own, in these shades of its card; who is not signed in comes back after that. */
export function tryPath(imageId: string, shades?: LookShades | null): string {
  const shade = shadesText(shades);
  return `/studio?reference=${imageId}${shade ? `&shade=${shade}` : ''}`;
}

/** The same for an album that is offered as a set. */
export const tryKitPath = (albumId: string) => `/studio?kit=${albumId}`;

/** A page of `/explore`; what says nothing is left out. */
export function explorePath(query: Readonly<Record<string, string | null | undefined>>): string {
  const given = Object.entries(query).filter((entry): entry is [string, string] => Boolean(entry[1]));
  return given.length === 0 ? '/explore' : `/explore?${new URLSearchParams(given)}`;
}

/** What ends the address in a printed code: it never reaches a server, so the page behind it is one and the same. */
export const scanMark = '#qr';

/** The code of a public page as a file: a shop's, or of one album or picture of it. */
export function qrPath(handle: string, query: Readonly<Record<string, string>>): string {
  return `/api/g/${handle}/qr?${new URLSearchParams(query)}`;
}

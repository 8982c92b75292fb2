/**
 * Photos of pictures that were waited for on this page, by conversion, as addresses of blobs: the result stands beside what
 * was sent, and nothing of that is fetched. They live as long as the page does.
 */
const photos = new Map<string, string>();

export const photoHere = (conversionId: string): string | undefined => photos.get(conversionId);

export function notePhotoHere(conversionId: string, photo: Blob): string {
  const address = photos.get(conversionId) ?? URL.createObjectURL(photo);
  photos.set(conversionId, address);
  return address;
}

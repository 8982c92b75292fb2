import { z } from 'zod';
import { cleanFileName } from './clean-name.ts';

/** What an uploader may send along: nothing yet, and nothing unknown. */
export const uploadInput = z.strictObject({}).nullish();

/** What the ingest is told of allowed uploads; written by our own route, read back after the hosted service kept it. */
export const uploadMetadata = z.object({
  owner: z.union([z.strictObject({ userId: z.uuid() }), z.strictObject({ vendorId: z.uuid() })]),
  uploads: z.array(
    z.object({ id: z.string(), fileName: z.string(), fileSize: z.number().int(), mimeType: z.string() }),
  ),
});
export type UploadMetadata = z.infer<typeof uploadMetadata>;

export const registration = z.object({
  fileKeys: z.array(z.string()),
  callbackSlug: z.string(),
  metadata: uploadMetadata,
});

/** The name under which a browser should save a picture: cleaned, and with the ending of what it really is. */
export function downloadName(name: string, mimeType: string): string {
  const ending = mimeType === 'image/webp' ? '.webp' : '.jpg';
  return cleanFileName(name).replace(/\.(jpe?g|png|webp|gif|heic|html?|svg|exe)$/i, '') + ending;
}

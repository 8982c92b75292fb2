import { z } from 'zod';

/** What an uploader may send along: what they were shown and agreed to, and nothing unknown. */
export const uploadInput = z.strictObject({ agreedTo: z.string().max(120).optional() }).nullish();

/** The same for a gallery: the album that the images are for. */
export const galleryInput = z.strictObject({ albumId: z.uuid().optional() }).nullish();

/**
 * What the hosted service keeps about an allowed upload; written by our own route, read back after the hosted service
 * kept it.
 */
const uploadMetadata = z.object({
  albumId: z.uuid().optional(),
  /** Whether that album keeps files as they are sent. */
  keepsSent: z.boolean().optional(),
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

import { env } from '#lib/core/env/env.ts';
import { deriveKey } from '#lib/core/secrets.ts';

/** How UploadThing's SDK reaches the ingest that is part of this program. */
export type EmbeddedUploads = {
  readonly apiKey: string;
  readonly appId: string;
  /** Absolute, because the SDK asks for it; browsers are given relative addresses. */
  readonly ingestUrl: string;
  readonly callbackUrl: string;
};

const appId = 'aistayler';

/** Null when pictures are kept at UploadThing: then the SDK finds the hosted service by itself. */
export function embeddedUploads(): EmbeddedUploads | null {
  if (!env().embedded.uploads) return null;
  return {
    // The SDK demands this beginning of a key.
    apiKey: `sk_live_${deriveKey('files.uploads').toString('hex')}`,
    appId,
    ingestUrl: `${env().nextauthUrl}/api/ut`,
    callbackUrl: `${env().nextauthUrl}/api/uploadthing`,
  };
}

/** The token in UploadThing's own form. */
export function uploadToken(uploads: Pick<EmbeddedUploads, 'apiKey' | 'appId'>): string {
  const token = { apiKey: uploads.apiKey, appId: uploads.appId, regions: ['local'] };
  return Buffer.from(JSON.stringify(token)).toString('base64');
}

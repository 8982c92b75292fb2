import { env } from '#lib/core/env/env.ts';
import { hostedUploads } from '../storage/hosted-store.ts';
import { hostedStore } from '../storage/open-store.ts';
import { createEmbeddedHandler } from './embedded-handler.ts';
import { createHostedHandler } from './hosted-handler.ts';
import { uploadParts } from './part-store.ts';
import type { UploadPorts } from './router.ts';
import { type IngestPorts, takeUpload, tellProgress } from './take-upload.ts';
import { embeddedUploads } from './upload-service.ts';

export type Uploads = {
  /** `/api/uploadthing`: UploadThing's protocol, for signed-in users and vendors. */
  readonly route: (request: Request) => Promise<Response>;
  /** `/api/ut/...`: the ingest of this program; nothing is there while the hosted service is used. */
  readonly ingest: (request: Request) => Promise<Response>;
};

/** Both ends of uploading, as this installation is configured. Who sends a request is told by the doors above. */
export function openUploads(who: Pick<UploadPorts, 'userOf' | 'vendorOf' | 'place' | 'keepsSent'>): Uploads {
  const service = embeddedUploads();
  if (!service) {
    const { storage } = env();
    const store = hostedStore();
    if (storage.kind !== 'uploadthing' || !store) throw new Error('uploads come neither here nor there');
    const hosted = hostedUploads(storage);
    const nothing = async () => new Response(null, { status: 404 });
    return { route: createHostedHandler(who, hosted, store), ingest: nothing };
  }
  const parts = uploadParts();
  const { handle, complete } = createEmbeddedHandler(who, service, parts);
  const ports: IngestPorts = { service, parts, complete };
  return {
    route: handle,
    ingest: (request) =>
      request.method === 'HEAD' ? tellProgress(request, ports) : takeUpload(request, ports),
  };
}

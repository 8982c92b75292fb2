import { fail } from '#lib/core/result.ts';
import { uploadParts } from './open-store.ts';
import { type IngestPorts, takeUpload, tellProgress } from './take-upload.ts';
import { createEmbeddedHandler, createHostedHandler } from './upload-handler.ts';
import type { UploadPorts } from './upload-router.ts';
import { embeddedUploads } from './upload-service.ts';

export type Uploads = {
  /** `/api/uploadthing`: UploadThing's protocol, for signed-in users and vendors. */
  readonly route: (request: Request) => Promise<Response>;
  /** `/api/ut/...`: the ingest of this program; nothing is there while the hosted service is used. */
  readonly ingest: (request: Request) => Promise<Response>;
};

/** Both ends of uploading, as this installation is configured. Who sends a request is told by the doors above. */
export function openUploads(who: Pick<UploadPorts, 'userOf' | 'vendorOf'>): Uploads {
  const service = embeddedUploads();
  if (!service) {
    const { handle } = createHostedHandler({
      ...who,
      bytesOf: async () => fail('service.unavailable', 'reading from the hosted service is not built yet'),
    });
    return { route: handle, ingest: async () => new Response(null, { status: 404 }) };
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

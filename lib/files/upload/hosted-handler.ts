import { createRouteHandler } from 'uploadthing/server';
import { isRandomId } from '#lib/core/random-id.ts';
import type { HostedStore, HostedUploads } from '../storage/hosted-store.ts';
import { withFaultStatus } from './embedded-handler.ts';
import { createUploadRouter, type UploadPorts } from './router.ts';
import { claimUpload, findUpload, noteArrived } from './store.ts';
import { watchRegistration } from './watch-registration.ts';

/**
 * The same routes with the hosted service behind them: it takes the bytes and reports them over HTTP, signed
 * by the token's key. What was sent is read once, made into what we keep, and removed there.
 */
export function createHostedHandler(
  ports: Pick<UploadPorts, 'userOf' | 'vendorOf' | 'place' | 'keepsSent'>,
  service: HostedUploads,
  store: HostedStore,
): (request: Request) => Promise<Response> {
  const { token, callbackUrl, ingestUrl } = service;
  const registered = watchRegistration(fetch);
  const sdk = createRouteHandler({
    router: createUploadRouter({
      ...ports,
      bytesOf: ({ key }) => store.readSent(key),
      settled: ({ key }) => store.removeSent(key),
      arrived: async ({ customId: id, key, name, size, type }, slug, owner) => {
        if (!id || !isRandomId(id)) throw new Error('an upload came back without an id of ours');
        await noteArrived({ id, key, slug, fileName: name, fileSize: size, mimeType: type }, owner);
        const upload = await findUpload(id, key);
        if (!upload) return { error: 'file.linkInvalid' };
        if (upload.answer) return upload.answer;
        // A report that comes while another is worked on has nothing to add.
        return (await claimUpload(id)) ? null : { error: 'service.unavailable' };
      },
    }),
    config: {
      token,
      callbackUrl,
      logLevel: 'Warning',
      fetch: registered.fetch,
      ...(ingestUrl !== undefined && { ingestUrl }),
    },
  });
  return async (request) => {
    const response = await sdk(request);
    return response.ok ? registered.confirm(response) : withFaultStatus(response);
  };
}

import { createHash } from 'node:crypto';
import { createRouteHandler } from 'uploadthing/server';
import { z } from 'zod';
import { errorCodes, errorStatus } from '#lib/core/errors.ts';
import { withSmallBody } from '#lib/core/http/read-body.ts';
import { fail, succeed } from '#lib/core/result.ts';
import { registration } from './input.ts';
import type { UploadParts } from './part-store.ts';
import { createUploadRouter, type UploadPorts } from './router.ts';
import { signUpload } from './signature.ts';
import { nameUploads, type Upload, type UploadAnswer } from './store.ts';
import { type EmbeddedUploads, uploadToken } from './upload-service.ts';
import { watchRegistration } from './watch-registration.ts';

export type UploadHandler = {
  /** `/api/uploadthing`: UploadThing's own protocol. */
  handle(request: Request): Promise<Response>;
  /**
   * Hands an upload that has arrived whole to the router's `onUploadComplete`, through the SDK's own signed
   * callback. Null when that failed without an answer.
   */
  complete(upload: Upload): Promise<{ answer: UploadAnswer | null; fileHash: string }>;
};

/** A question for addresses names a few files. */
const maxQuestionBytes = 64 * 1024;

type Ports = Omit<UploadPorts, 'bytesOf'>;

const question = z.looseObject({
  files: z.array(z.looseObject({ name: z.string(), size: z.number(), type: z.string() })),
});

/** Whether a body is what the SDK's browser side sends; it answers anything else as a fault of its own. */
async function asksForAddresses(request: Request): Promise<boolean> {
  const body: unknown = await request.json().catch(() => null);
  return question.safeParse(body).success;
}

/**
 * The SDK's handler with the ingest of this program behind it. Everything between the two is an ordinary
 * function call: no request leaves the process, and none can.
 */
export function createEmbeddedHandler(
  ports: Ports,
  service: EmbeddedUploads,
  parts: UploadParts,
): UploadHandler {
  const waiting = new Map<string, (answer: UploadAnswer) => void>();

  async function dispatch(input: string | URL | Request, init?: RequestInit): Promise<Response> {
    const request = new Request(input, init);
    if (request.method === 'POST' && request.url === `${service.ingestUrl}/route-metadata`) {
      const { fileKeys, callbackSlug, metadata } = registration.parse(await request.json());
      const uploads = metadata.uploads.map(({ id }, index) => ({
        id,
        key: fileKeys[index] ?? '',
        slug: callbackSlug,
      }));
      const free = uploads.length === fileKeys.length && (await nameUploads(uploads, metadata));
      return Response.json({ ok: free }, { status: free ? 200 : 409 });
    }
    if (request.method === 'POST' && request.url === `${service.ingestUrl}/callback-result`) {
      const { fileKey, callbackData } = (await request.json()) as {
        fileKey: string;
        callbackData: UploadAnswer;
      };
      waiting.get(fileKey)?.(callbackData);
      return Response.json({ ok: true });
    }
    throw new Error(`an upload must not call ${new URL(request.url).origin}`);
  }

  const registered = watchRegistration(dispatch as typeof fetch);
  const sdk = createRouteHandler({
    router: createUploadRouter({
      ...ports,
      bytesOf: async ({ customId }) => {
        const bytes = customId ? await parts.read(customId) : null;
        return bytes ? succeed(bytes) : fail('file.uploadIncomplete', 'the bytes are gone');
      },
    }),
    config: {
      token: uploadToken(service),
      ingestUrl: service.ingestUrl,
      callbackUrl: service.callbackUrl,
      // Registration must be finished before a signed address is given out, in development too.
      isDev: false,
      // At its default level the SDK logs every signed address.
      logLevel: 'Warning',
      fetch: registered.fetch,
    },
  });

  async function complete(upload: Upload) {
    const fileHash = createHash('md5')
      .update((await parts.read(upload.id)) ?? '')
      .digest('hex');
    const address = `${service.ingestUrl}/${upload.key}`;
    const body = JSON.stringify({
      status: 'uploaded',
      metadata: upload.metadata,
      origin: service.ingestUrl,
      file: {
        key: upload.key,
        name: upload.fileName,
        size: upload.fileSize,
        type: upload.mimeType,
        customId: upload.id,
        url: address,
        appUrl: address,
        ufsUrl: address,
        fileHash,
      },
    });
    let answer: UploadAnswer | null = null;
    waiting.set(upload.key, (given) => {
      answer = given;
    });
    try {
      await sdk(
        new Request(`${service.callbackUrl}?slug=${encodeURIComponent(upload.slug)}`, {
          method: 'POST',
          headers: {
            'content-type': 'application/json',
            'uploadthing-hook': 'callback',
            'x-uploadthing-signature': signUpload(body, service.apiKey),
          },
          body,
        }),
      );
    } finally {
      waiting.delete(upload.key);
    }
    return { answer: answer as UploadAnswer | null, fileHash };
  }

  async function handle(request: Request): Promise<Response> {
    // Callbacks are function calls here; one that comes over the network is not ours.
    if (request.headers.has('uploadthing-hook'))
      return Response.json({ message: 'notFound' }, { status: 404 });
    const small = await withSmallBody(request, maxQuestionBytes);
    if (!small) return Response.json({ message: 'input.invalid' }, { status: 413 });
    if (request.method === 'POST' && !(await asksForAddresses(small.clone()))) {
      return Response.json({ message: 'input.invalid' }, { status: 400 });
    }
    const response = await sdk(small);
    if (!response.ok) return withFaultStatus(response);
    if (request.method !== 'POST') return response;
    const confirmed = await registered.confirm(response);
    return confirmed.ok ? withRelativeAddresses(confirmed, service.ingestUrl) : confirmed;
  }

  return { handle, complete };
}

/**
 * UploadThing's clients read a refusal by its status, and take any status that they do not know for a fault of the server
 * (decision 009). So the SDK's own stand, except where it is a fault of ours and may be over in a while.
 */
export async function withFaultStatus(response: Response): Promise<Response> {
  const { message } = (await response
    .clone()
    .json()
    .catch(() => ({}))) as { message?: string };
  const code = errorCodes.find((known) => known === message);
  if (!code || errorStatus[code] < 500) return response;
  return new Response(response.body, { status: errorStatus[code], headers: response.headers });
}

/**
 * The browser reached us under some address; it should send its bytes there too, not to the configured one
 * (a telephone in the same network, a tunnel). The signature is checked against the configured one.
 */
async function withRelativeAddresses(response: Response, ingestUrl: string): Promise<Response> {
  const body: unknown = await response.json();
  const { origin } = new URL(ingestUrl);
  const relative = Array.isArray(body)
    ? body.map((entry: { url?: unknown }) =>
        typeof entry.url === 'string' && entry.url.startsWith(`${origin}/`)
          ? { ...entry, url: entry.url.slice(origin.length) }
          : entry,
      )
    : body;
  return Response.json(relative, { headers: { 'cache-control': 'no-store' } });
}

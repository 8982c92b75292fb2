import { createHash, randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { signUpload } from '#lib/files/upload/signature.ts';

type Kept = {
  key: string;
  customId: string | null;
  name: string;
  type: string;
  acl: string;
  bytes: Buffer;
  /** Milliseconds since 1970. */
  uploadedAt: number;
};
type Registered = { callbackUrl: string; callbackSlug: string; metadata: unknown };

/**
 * UploadThing's service as its own SDK speaks to it, over real HTTP on loopback: takes signed uploads from
 * browsers and from UTApi, reports them with a signature, keeps access rules, serves signed addresses.
 */
export async function startHostedService() {
  const apiKey = `sk_live_${randomBytes(16).toString('hex')}`;
  const appId = 'hostedtest';
  const files = new Map<string, Kept>();
  const registered = new Map<string, Registered>();
  const waiting = new Map<string, (data: unknown) => void>();
  const seen: { method: string; path: string }[] = [];
  let origin = '';
  /** Delivers a report; tests hand it to their handler, as the network would. */
  let deliver: (request: Request) => Promise<Response> = fetch;

  const find = (name: string) =>
    files.get(name) ?? [...files.values()].find(({ customId }) => customId === name);
  const text = (query: URLSearchParams, name: string) => decodeURIComponent(query.get(name) ?? '');

  function isSigned(url: URL): boolean {
    const at = url.href.lastIndexOf('&signature=');
    if (at < 0 || Number(url.searchParams.get('expires')) < Date.now()) return false;
    const given = decodeURIComponent(url.href.slice(at + '&signature='.length));
    return given === signUpload(url.href.slice(0, at), apiKey);
  }

  async function report(file: Kept, { callbackUrl, callbackSlug, metadata }: Registered) {
    const address = `${origin}/a/${appId}/${file.key}`;
    const body = JSON.stringify({
      status: 'uploaded',
      metadata,
      origin,
      file: {
        key: file.key,
        name: file.name,
        size: file.bytes.length,
        type: file.type,
        customId: file.customId,
        url: address,
        appUrl: address,
        ufsUrl: address,
        fileHash: createHash('md5').update(file.bytes).digest('hex'),
      },
    });
    const request = () =>
      new Request(`${callbackUrl}?slug=${callbackSlug}`, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'uploadthing-hook': 'callback',
          'x-uploadthing-signature': signUpload(body, apiKey),
        },
        body,
      });
    const answer = new Promise<unknown>((resolve) => waiting.set(file.key, resolve));
    const response = await deliver(request());
    return { status: response.status, answer, again: () => deliver(request()) };
  }

  async function take(request: IncomingMessage, url: URL): Promise<Response> {
    if (!isSigned(url)) return new Response(null, { status: 403 });
    const key = url.pathname.slice(1);
    const form = await new Response(Readable.toWeb(request) as ReadableStream, {
      headers: { 'content-type': request.headers['content-type'] ?? '' },
    }).formData();
    const query = url.searchParams;
    const file: Kept = {
      key,
      customId: text(query, 'x-ut-custom-id') || null,
      name: text(query, 'x-ut-file-name'),
      type: text(query, 'x-ut-file-type'),
      acl: text(query, 'x-ut-acl') || 'public-read',
      bytes: Buffer.from(await (form.get('file') as File).arrayBuffer()),
      uploadedAt: Date.now(),
    };
    if (file.bytes.length !== Number(text(query, 'x-ut-file-size')))
      return new Response(null, { status: 400 });
    files.set(key, file);
    const known = registered.get(key);
    const reported = known && (await report(file, known));
    const address = `${origin}/a/${appId}/${key}`;
    return Response.json({
      url: address,
      appUrl: address,
      ufsUrl: address,
      fileHash: createHash('md5').update(file.bytes).digest('hex'),
      serverData: reported ? await reported.answer : null,
    });
  }

  async function answer(request: IncomingMessage): Promise<Response> {
    const url = new URL(request.url ?? '/', origin);
    seen.push({ method: request.method ?? '', path: url.pathname });
    if (request.method === 'PUT') return take(request, url);
    if (request.method === 'GET') {
      const file = find(url.pathname.split('/').at(-1) ?? '');
      if (!file || (file.acl === 'private' && !isSigned(url))) return new Response(null, { status: 403 });
      return new Response(new Uint8Array(file.bytes), { headers: { 'content-type': file.type } });
    }
    if (request.headers['x-uploadthing-api-key'] !== apiKey) return new Response(null, { status: 401 });
    const body = (await new Response(Readable.toWeb(request) as ReadableStream).json()) as {
      fileKeys?: string[];
      customIds?: string[];
      fileKey: string;
      limit?: number;
      offset?: number;
      callbackData: unknown;
    } & Registered;
    if (url.pathname === '/route-metadata') {
      for (const key of body.fileKeys ?? []) registered.set(key, body);
      return Response.json({ ok: true });
    }
    if (url.pathname === '/callback-result') {
      waiting.get(body.fileKey)?.(body.callbackData);
      return Response.json({ ok: true });
    }
    if (url.pathname === '/v6/listFiles') {
      const { limit = 500, offset = 0 } = body;
      const all = [...files.values()].map(({ key, customId, name, bytes, uploadedAt }) => {
        return { id: key, key, customId, name, size: bytes.length, status: 'Uploaded', uploadedAt };
      });
      return Response.json({
        hasMore: all.length > offset + limit,
        files: all.slice(offset, offset + limit),
      });
    }
    if (url.pathname === '/v6/deleteFiles') {
      const gone = [...(body.fileKeys ?? []), ...(body.customIds ?? [])].map(find).filter((file) => !!file);
      for (const { key } of gone) files.delete(key);
      return Response.json({ success: true, deletedCount: gone.length });
    }
    return new Response(null, { status: 404 });
  }

  const server = createServer((request, response: ServerResponse) => {
    void answer(request)
      .catch((error: unknown) => new Response(String(error), { status: 500 }))
      .then(async (given) => {
        response.writeHead(given.status, Object.fromEntries(given.headers));
        response.end(Buffer.from(await given.arrayBuffer()));
      });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const host = `localhost:${(server.address() as AddressInfo).port}`;
  origin = `http://${host}`;

  return {
    origin,
    files,
    seen,
    find,
    report,
    registered,
    onReport(handler: typeof deliver) {
      deliver = handler;
    },
    uploads: {
      token: Buffer.from(JSON.stringify({ apiKey, appId, regions: ['local'] })).toString('base64'),
      callbackUrl: 'http://localhost:3000/api/uploadthing',
      ingestUrl: origin,
      apiUrl: origin,
      ufsHost: host,
      ufsAppIdLocation: 'path',
    } as const,
    stop: () =>
      new Promise<void>((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

import { Readable } from 'node:stream';
import type { Uploads } from '#lib/files/upload/open-uploads.ts';

/** UploadThing's wire protocol spoken by hand, as a browser's SDK speaks it and as an attacker may. */
export type SignedAddress = { url: string; key: string; name: string; customId: string };

const origin = 'http://phone.local:3000';

export async function askToUpload(
  uploads: Uploads,
  files: readonly { name: string; size: number; type: string }[],
  options: { slug?: string; input?: object; headers?: Record<string, string> } = {},
): Promise<{ status: number; body: unknown }> {
  const { slug = 'photo', input = null, headers } = options;
  const response = await uploads.route(
    new Request(`${origin}/api/uploadthing?actionType=upload&slug=${slug}`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'x-uploadthing-package': 'uploadthing/client',
        'x-uploadthing-version': '7.7.4',
        ...headers,
      },
      body: JSON.stringify({ files, input }),
    }),
  );
  return { status: response.status, body: await response.json() };
}

/** Asks for one address and expects to get it. */
export async function signedAddress(
  uploads: Uploads,
  bytes: Buffer,
  options: { name?: string; type?: string; slug?: string } = {},
): Promise<SignedAddress> {
  const { name = 'photo.jpg', type = 'image/jpeg', slug = 'photo' } = options;
  const { status, body } = await askToUpload(uploads, [{ name, size: bytes.length, type }], { slug });
  if (status !== 200) throw new Error(`${status} ${JSON.stringify(body)}`);
  return (body as SignedAddress[])[0] as SignedAddress;
}

export type PutAnswer = { status: number; body: { error?: string; serverData?: unknown; fileHash?: string } };

/** Sends `bytes` from an offset; `cutAfter` tears the line after so many bytes of the body. */
export async function put(
  uploads: Uploads,
  url: string,
  bytes: Buffer,
  options: { start?: number; cutAfter?: number; method?: string } = {},
): Promise<PutAnswer> {
  const { start = 0, cutAfter } = options;
  const boundary = '----WebKitFormBoundaryabcdefghijklmnop';
  const body = Buffer.concat([
    Buffer.from(
      `--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="blob"\r\ncontent-type: application/octet-stream\r\n\r\n`,
    ),
    bytes.subarray(start),
    Buffer.from(`\r\n--${boundary}--\r\n`),
  ]);
  const response = await uploads.ingest(
    new Request(new URL(url, origin), {
      method: 'PUT',
      headers: {
        'content-type': `multipart/form-data; boundary=${boundary}`,
        range: `bytes=${start}-`,
        ...(cutAfter === undefined && { 'content-length': String(body.length) }),
      },
      body: streamOf(body, cutAfter),
      duplex: 'half',
    } as RequestInit),
  );
  return { status: response.status, body: (await response.json()) as PutAnswer['body'] };
}

function streamOf(body: Buffer, cutAfter: number | undefined): ReadableStream {
  const size = 16 * 1024;
  async function* chunks() {
    for (let at = 0; at < Math.min(body.length, cutAfter ?? body.length); at += size) {
      yield body.subarray(at, Math.min(at + size, cutAfter ?? body.length));
    }
    if (cutAfter !== undefined) throw new Error('the line was cut');
  }
  return Readable.toWeb(Readable.from(chunks())) as ReadableStream;
}

/** How much the ingest says it has. */
export async function storedBytes(uploads: Uploads, url: string): Promise<number> {
  const response = await uploads.ingest(new Request(new URL(url, origin), { method: 'HEAD' }));
  return Number(response.headers.get('x-ut-range-start'));
}

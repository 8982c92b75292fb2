import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { AwsClient } from 'aws4fetch';
import type { S3Settings } from '../env/storage-env.ts';
import { patientFetch } from './patient-fetch.ts';
import { documentOf, keyOf, type S3Call, S3Error, textOf } from './s3-answer.ts';
import { abortUpload, listUnfinished, putParts, type UnfinishedUpload } from './s3-multipart.ts';

/** So often is a request sent in all: every one of ours may be repeated, because a key never gets other bytes. */
const attempts = 3;
const pauseMs = 200;
/** What is larger goes in parts, of which a line that breaks costs one. */
const largestAtOnce = 16 * 1024 * 1024;
const emptySha256 = createHash('sha256').digest('hex');

type S3Object = { readonly key: string; readonly changedAt: Date; readonly bytes: number };

/** Bytes of an object, both ends included. */
type S3Range = { readonly start: number; readonly end: number };

export type S3Client = {
  put(key: string, bytes: Buffer, type: string): Promise<void>;
  /** The same from a stream of any length, of which a few parts are in memory at a time: all of it or nothing. */
  putStream(key: string, source: AsyncIterable<Uint8Array>, type: string): Promise<void>;
  /** Null when there is no such key. A range behind the end throws. */
  get(key: string, range?: S3Range): Promise<Response | null>;
  head(key: string): Promise<Response | null>;
  /** False when there is nothing to copy. */
  copy(from: string, to: string): Promise<boolean>;
  remove(key: string): Promise<void>;
  /** Every key with this beginning, in order of the keys. */
  list(prefix: string): AsyncGenerator<S3Object>;
  /** Uploads in parts that nobody finished; none where a store has no list of them. */
  unfinished(): AsyncGenerator<UnfinishedUpload>;
  /** Lets the parts of one go. It being gone is no error. */
  abort(upload: UnfinishedUpload): Promise<void>;
};

/**
 * What is used of the S3 protocol, against any server of it. Requests are signed by AWS Signature Version 4 with the
 * checksum of what is sent, so that the store refuses what did not arrive as it left.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/Welcome.html
 */
export function createS3Client(settings: S3Settings): S3Client {
  const { bucket, pathStyle, endpoint } = settings;
  const signer = new AwsClient({ ...settings, service: 's3', retries: 0 });
  const base = new URL(endpoint);
  if (!pathStyle) base.hostname = `${bucket}.${base.hostname}`;
  const root = pathStyle ? `/${bucket}` : '';
  const path = (key: string) => (key ? `${root}/${encoded(key)}` : root || '/');

  async function send({ method, key, query, headers, body }: S3Call): Promise<Response> {
    const url = new URL(base);
    url.pathname = path(key);
    for (const [name, value] of Object.entries(query ?? {})) url.searchParams.set(name, value);
    const sha256 = body ? createHash('sha256').update(body).digest('hex') : emptySha256;
    const request = await signer.sign(url, {
      method,
      redirect: 'error',
      headers: { ...headers, 'x-amz-content-sha256': sha256 },
      ...(body && { body: new Uint8Array(body) }),
    });
    return patientFetch(request);
  }

  /** Sends until somebody answers who is not overwhelmed. Throws {@link S3Error} for every refusal but a missing key. */
  async function ask(call: S3Call): Promise<Response | null> {
    for (let attempt = 1; ; attempt += 1) {
      const isLast = attempt === attempts;
      try {
        const response = await send(call);
        if (response.ok) return response;
        const said = await documentOf(response);
        const code = textOf(said, 'Code') ?? '';
        const isMissing = response.status === 404 && code !== 'NoSuchBucket';
        if (isMissing) return null;
        const refused = new S3Error(response.status, code, `${call.method} ${call.key || 'its list'}`);
        if (isLast || !isOverwhelmed(response.status)) throw refused;
      } catch (error) {
        if (isLast || error instanceof S3Error) throw error;
      }
      await sleep(pauseMs * 2 ** (attempt - 1) * (0.5 + Math.random()));
    }
  }

  return {
    async put(key, bytes, type) {
      if (bytes.length > largestAtOnce) return putParts(ask, key, [bytes], type);
      const stored = await ask({ method: 'PUT', key, body: bytes, headers: { 'content-type': type } });
      if (!stored) throw new S3Error(404, '', `PUT ${key}`);
      await stored.body?.cancel();
    },
    putStream: (key, source, type) => putParts(ask, key, source, type),
    unfinished: () => listUnfinished(ask),
    abort: (upload) => abortUpload(ask, upload),
    get: (key, range) =>
      ask({
        method: 'GET',
        key,
        ...(range && { headers: { range: `bytes=${range.start}-${range.end}` } }),
      }),
    head: (key) => ask({ method: 'HEAD', key }),
    async copy(from, to) {
      const source = `/${bucket}/${encoded(from)}`;
      const copied = await ask({ method: 'PUT', key: to, headers: { 'x-amz-copy-source': source } });
      if (!copied) return false;
      // A copy that fails after its header was sent says so in its body.
      const said = await documentOf(copied);
      if (said.includes('<Error>')) throw new S3Error(200, textOf(said, 'Code') ?? '', `PUT ${to}`);
      return true;
    },
    async remove(key) {
      const gone = await ask({ method: 'DELETE', key });
      await gone?.body?.cancel();
    },
    async *list(prefix) {
      for (let token: string | undefined; ; ) {
        const page = await ask({
          method: 'GET',
          key: '',
          query: {
            'list-type': '2',
            'encoding-type': 'url',
            prefix,
            ...(token !== undefined && { 'continuation-token': token }),
          },
        });
        const said = page ? await documentOf(page) : '';
        for (const [, entry = ''] of said.matchAll(/<Contents>(.*?)<\/Contents>/gs)) {
          const key = keyOf(entry);
          const changedAt = new Date(textOf(entry, 'LastModified') ?? 0);
          yield { key, changedAt, bytes: Number(textOf(entry, 'Size')) };
        }
        token = textOf(said, 'NextContinuationToken');
        if (token === undefined) return;
      }
    },
  };
}

const encoded = (key: string) => key.split('/').map(encodeURIComponent).join('/');

/** Worth another try: a store that does not know a request (501) will not know it then. */
const isOverwhelmed = (status: number) => status === 429 || (status >= 500 && status !== 501);

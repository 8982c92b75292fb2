import type { UTApi } from 'uploadthing/server';
import { env } from '#lib/core/env/env.ts';
import { patientFetch } from '#lib/core/http/patient-fetch.ts';
import { readBytes } from '#lib/core/http/read-body.ts';
import { log } from '#lib/core/log.ts';
import { isRandomId } from '#lib/core/random-id.ts';
import { fail, type Result, succeed } from '#lib/core/result.ts';
import { pictureLimits, type VariantName, variantNames, variantTypes } from '../policy.ts';
import type { ByteRange, FileAccess, FileRemover, FileSizes, FileStore, StoredBytes } from './file-store.ts';

/** A signed address is used at once, by us. */
const signedSeconds = 60;

/**
 * The hosted service. The addresses are the SDK's own unless they are given: a test speaks to a server of its
 * own under them.
 */
export type HostedUploads = {
  readonly token: string;
  /** Where the service reports an upload that has arrived. */
  readonly callbackUrl: string;
  readonly ingestUrl?: string;
  readonly apiUrl?: string;
  readonly ufsHost?: string;
  readonly ufsAppIdLocation?: 'path' | 'subdomain';
};

/** The service's own client, and the kind of file that it takes. */
export type HostedApi = { readonly api: UTApi; readonly UTFile: typeof import('uploadthing/server').UTFile };

/**
 * The service's own client, which waits for no silent line. It is loaded with the first call: with all that it
 * brings it takes 55 MB, which a worker that keeps its files itself does not have to spare.
 */
export function createHostedApi(service: HostedUploads): () => Promise<HostedApi> {
  const { token, ingestUrl, apiUrl, ufsHost, ufsAppIdLocation } = service;
  const load = async () => {
    const { UTApi, UTFile } = await import('uploadthing/server');
    const api = new UTApi({
      token,
      logLevel: 'Warning',
      fetch: ((input, init) => patientFetch(input, init)) as typeof fetch,
      ...(ingestUrl !== undefined && { ingestUrl }),
      ...(apiUrl !== undefined && { apiUrl }),
      ...(ufsHost !== undefined && { ufsHost }),
      ...(ufsAppIdLocation !== undefined && { ufsAppIdLocation }),
    });
    return { api, UTFile };
  };
  let loaded: Promise<HostedApi> | undefined;
  return () => {
    loaded ??= load();
    return loaded;
  };
}

/** How the service is reached with this token, and how it reaches us. */
export function hostedUploads({ token }: { readonly token: string }): HostedUploads {
  return { token, callbackUrl: `${env().nextauthUrl}/api/uploadthing` };
}

/** The hosted service's own ends of files: what was sent, by its key, and what we keep, by a name of ours. */
export type HostedStore = FileStore &
  FileRemover & {
    /** The bytes of an upload that arrived there. Its address is made from its key: none is taken from outside. */
    readSent(key: string): Promise<Result<Buffer>>;
    removeSent(key: string): Promise<void>;
    /** A file by its whole name; null when there is none. */
    ask(name: string, headers?: Readonly<Record<string, string>>): Promise<Response | null>;
  };

/**
 * Pictures at UploadThing. Each size is a file whose custom id is `<our 128-bit id>-<size>`: their own keys
 * have 30 bits of chance and are never used. Private ones are read by addresses signed for a minute, here and
 * by nobody else: browsers ask our own door, which knows who may see what.
 */
export function createHostedStore(service: HostedUploads): HostedStore {
  const hosted = createHostedApi(service);

  function nameOf(id: string, variant: VariantName): string {
    if (!isRandomId(id)) throw new Error('not a file id');
    return `${id}-${variant}`;
  }

  async function put(id: string, sizes: FileSizes, access: FileAccess): Promise<Result<void>> {
    const { api, UTFile } = await hosted();
    const names = Object.keys(sizes) as VariantName[];
    const files = names.map((variant) => {
      const name = nameOf(id, variant);
      const bytes = new Uint8Array(sizes[variant] as Buffer);
      return new UTFile([bytes], name, { customId: name, type: variantTypes[variant] });
    });
    const sent = await api.uploadFiles(files, {
      acl: access === 'public' ? 'public-read' : 'private',
      contentDisposition: 'inline',
    });
    const failed = sent.find(({ error }) => error !== null);
    if (!failed) return succeed(undefined);
    await removeNames(names.map((variant) => nameOf(id, variant)));
    return fail('service.unavailable', `the hosted service refused a file: ${failed.error?.message}`);
  }

  async function ask(name: string, headers: Record<string, string> = {}): Promise<Response | null> {
    const { api } = await hosted();
    const { ufsUrl } = await api.generateSignedURL(name, { expiresIn: signedSeconds });
    const response = await patientFetch(ufsUrl, { headers, redirect: 'error' });
    if (response.ok && response.body) return response;
    await response.body?.cancel();
    if (response.status === 404 || response.status === 403) return null;
    throw new Error(`the hosted service answered ${response.status}`);
  }

  async function open(id: string, variant: VariantName, range?: ByteRange): Promise<StoredBytes | null> {
    const wanted = range && { range: `bytes=${range.start}-${range.end}` };
    const response = await ask(nameOf(id, variant), wanted);
    if (!response?.body) return null;
    const whole = /\/(\d+)$/.exec(response.headers.get('content-range') ?? '')?.[1];
    // A service that knows no ranges sends everything; then we cut.
    const stream = range && whole === undefined ? cut(response.body, range) : response.body;
    return { size: Number(whole ?? response.headers.get('content-length')), stream };
  }

  async function read(id: string, variant: VariantName): Promise<Buffer | null> {
    const response = await ask(nameOf(id, variant));
    return response ? Buffer.from(await response.arrayBuffer()) : null;
  }

  async function removeNames(names: readonly string[]): Promise<void> {
    const { api } = await hosted();
    const { success } = await api.deleteFiles([...names], { keyType: 'customId' });
    if (!success) throw new Error('the hosted service did not delete');
  }

  return {
    put,
    open,
    read,
    ask,
    async copy(fromId, toId, sizes, access) {
      const bytes: FileSizes = {};
      for (const variant of sizes) {
        const found = await read(fromId, variant);
        if (!found) return fail('notFound', `${fromId} has no ${variant}`);
        Object.assign(bytes, { [variant]: found });
      }
      return put(toId, bytes, access);
    },
    remove: (id) => removeNames(variantNames.map((variant) => nameOf(id, variant))),
    async readSent(key) {
      if (!/^[A-Za-z0-9]{20,64}$/.test(key)) return fail('file.linkInvalid', 'not a key');
      const response = await ask(key);
      if (!response?.body) return fail('file.uploadIncomplete', 'the hosted service has no such file');
      const bytes = await readBytes(response.body, pictureLimits.maxSentBytes);
      return bytes
        ? succeed(bytes)
        : fail('file.tooLarge', `more than ${pictureLimits.maxSentBytes} bytes were sent`);
    },
    async removeSent(key) {
      // What was sent is not what we keep; a copy that stays behind is found by its age at the service.
      await hosted()
        .then(({ api }) => api.deleteFiles(key))
        .catch((error: unknown) => log.error({ err: error }, 'a sent file was not removed'));
    },
  };
}

function cut(stream: ReadableStream<Uint8Array>, { start, end }: ByteRange): ReadableStream<Uint8Array> {
  let at = 0;
  return stream.pipeThrough(
    new TransformStream<Uint8Array, Uint8Array>({
      transform(chunk, controller) {
        const part = chunk.subarray(Math.max(0, start - at), Math.max(0, end + 1 - at));
        at += chunk.length;
        if (part.length > 0) controller.enqueue(part);
        if (at > end) controller.terminate();
      },
    }),
  );
}

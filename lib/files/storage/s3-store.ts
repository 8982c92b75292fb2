import type { S3Settings } from '#lib/core/env/storage-env.ts';
import { S3Error } from '#lib/core/http/s3-answer.ts';
import { createS3Client } from '#lib/core/http/s3-client.ts';
import { isRandomId } from '#lib/core/random-id.ts';
import { fail, type Result, succeed } from '#lib/core/result.ts';
import { type VariantName, variantNames, variantTypes } from '../policy.ts';
import type { ByteRange, FileRemover, FileSizes, FileStore, StoredBytes } from './file-store.ts';

/** The key of a size: the same name as on a local disk, so that a folder and a bucket can be copied onto each other. */
export function s3Key(id: string, variant: string): string {
  if (!isRandomId(id)) throw new Error('not a file id');
  return `${id.slice(0, 2)}/${id.slice(2, 4)}/${id}/${variant}`;
}

/**
 * Pictures in a bucket of a store that speaks S3. All of it is private: a picture is answered, to those who may see it, by our own
 * door, which knows. An object is written under a random name that no row names yet, and never gets other bytes.
 */
export function createS3Store(settings: S3Settings): FileStore & FileRemover {
  const client = createS3Client(settings);

  async function remove(id: string): Promise<void> {
    await Promise.all(variantNames.map((variant) => client.remove(s3Key(id, variant))));
  }

  async function put(id: string, sizes: FileSizes): Promise<Result<void>> {
    const names = Object.keys(sizes) as VariantName[];
    const sent = await Promise.allSettled(
      names.map((variant) => client.put(s3Key(id, variant), sizes[variant] as Buffer, variantTypes[variant])),
    );
    const failed = sent.find((one) => one.status === 'rejected');
    if (!failed) return succeed(undefined);
    await Promise.allSettled(names.map((variant) => client.remove(s3Key(id, variant))));
    const { message } = failed.reason as Error;
    return fail(isFull(failed.reason) ? 'file.storageFull' : 'service.unavailable', message);
  }

  async function open(id: string, variant: VariantName, range?: ByteRange): Promise<StoredBytes | null> {
    const response = await client.get(s3Key(id, variant), range);
    if (!response?.body) return null;
    const whole = /\/(\d+)$/.exec(response.headers.get('content-range') ?? '')?.[1];
    if (range && whole === undefined) {
      await response.body.cancel();
      throw new Error('the store knows no ranges');
    }
    return { size: Number(whole ?? response.headers.get('content-length')), stream: response.body };
  }

  return {
    put,
    open,
    remove,
    async read(id, variant) {
      const response = await client.get(s3Key(id, variant));
      return response ? Buffer.from(await response.arrayBuffer()) : null;
    },
    async copy(fromId, toId, sizes) {
      const copied = await Promise.all(
        sizes.map((variant) => client.copy(s3Key(fromId, variant), s3Key(toId, variant))),
      );
      return copied.every(Boolean) ? succeed(undefined) : fail('notFound', `${fromId} is not there whole`);
    },
  };
}

/** Codes that stores give when their room, or what we may take of it, is used up. */
function isFull(error: unknown): boolean {
  if (!(error instanceof S3Error)) return false;
  return error.status === 507 || /QuotaExceeded|StorageFull|InsufficientCapacity|NoSpace/i.test(error.code);
}

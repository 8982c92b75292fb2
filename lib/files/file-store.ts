import type { Result } from '#lib/core/result.ts';
import type { VariantName } from './policy.ts';

/** A range of bytes, both ends included, as HTTP counts them. */
export type ByteRange = { readonly start: number; readonly end: number };

/** An open file: its full size and the bytes asked for. */
export type StoredBytes = { readonly size: number; readonly stream: ReadableStream<Uint8Array> };

/**
 * Where kept pictures live. Ids are the random ones of `newRandomId`; whoever calls has already found the
 * id in the database. A file that was written never changes: a new content gets a new id.
 */
export interface FileStore {
  /** All or nothing, and on disk when it answers. A full disk is `file.storageFull`. */
  put(id: string, variant: VariantName, bytes: Buffer): Promise<Result<void>>;
  /** Null when there is no such file. */
  open(id: string, variant: VariantName, range?: ByteRange): Promise<StoredBytes | null>;
  read(id: string, variant: VariantName): Promise<Buffer | null>;
  /** Removes every size. Removing what is gone is no error. */
  remove(id: string): Promise<void>;
}

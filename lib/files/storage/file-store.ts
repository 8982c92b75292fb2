import type { Result } from '#lib/core/result.ts';
import type { VariantName } from '../policy.ts';

/** A range of bytes, both ends included, as HTTP counts them. */
export type ByteRange = { readonly start: number; readonly end: number };

/** An open file: its full size and the bytes asked for. */
export type StoredBytes = { readonly size: number; readonly stream: ReadableStream<Uint8Array> };

/** Who may ask a hosted service for a file. The disk knows no difference: our own door decides. */
export type FileAccess = 'private' | 'public';

/** Some or all sizes of one picture. */
export type FileSizes = Partial<Readonly<Record<VariantName, Buffer>>>;

/**
 * Where kept pictures live. Ids are the random ones of `newRandomId`; the caller has already found the
 * id in the database. A file that was written never changes: a new content gets a new id.
 */
export interface FileStore {
  /** All of these sizes or none, and kept for good when it answers. A full disk is `file.storageFull`. */
  put(id: string, sizes: FileSizes, access: FileAccess): Promise<Result<void>>;
  /** Every one of these sizes under another id too; the first id stays. */
  copy(
    fromId: string,
    toId: string,
    sizes: readonly VariantName[],
    access: FileAccess,
  ): Promise<Result<void>>;
  /** Null when there is no such file. */
  open(id: string, variant: VariantName, range?: ByteRange): Promise<StoredBytes | null>;
  read(id: string, variant: VariantName): Promise<Buffer | null>;
}

/**
 * The other half of a store, kept apart: bytes go only where it is known that no row names them
 * (`commit-files.ts`; an architecture test lists who may).
 */
export interface FileRemover {
  /** Removes every size. Removing what is gone is no error. */
  remove(id: string): Promise<void>;
}

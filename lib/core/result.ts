import type { ErrorCode } from './errors.ts';

/** What went right: the value. */
export type Success<T> = { readonly ok: true; readonly value: T };

/**
 * An expected failure. `detail` is for the log and never leaves the server; people read the
 * sentence that `messages/` holds under `errors.<code>`.
 */
export type Failure = {
  readonly ok: false;
  readonly code: ErrorCode;
  readonly detail: string;
  /** Field name to message key, for failures that belong beside one input. */
  readonly fields?: Readonly<Record<string, string>>;
  /** What the sentences beside the fields are filled with. */
  readonly values?: Readonly<Record<string, number>>;
  readonly retryAfterSeconds?: number;
};

export type Result<T> = Success<T> | Failure;

/** A failure as a browser may see it: without the internal text. */
export type PublicFailure = Omit<Failure, 'detail'>;
export type PublicResult<T> = Success<T> | PublicFailure;

export function succeed<T>(value: T): Success<T> {
  return { ok: true, value };
}

export function fail(
  code: ErrorCode,
  detail: string,
  more: Pick<Failure, 'fields' | 'values' | 'retryAfterSeconds'> = {},
): Failure {
  return { ok: false, code, detail, ...more };
}

/** Drops what only the log may hold. */
export function toPublic<T>(result: Result<T>): PublicResult<T> {
  if (result.ok) return result;
  const { detail: _internal, ...visible } = result;
  return visible;
}

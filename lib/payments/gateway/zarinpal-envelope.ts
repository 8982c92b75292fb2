import { z } from 'zod';
import { type Envelope, unreadable } from './envelope.ts';

const code = z.union([z.int(), z.string().regex(/^-?\d{1,6}$/)]).transform(Number);
const envelope = z.looseObject({ data: z.unknown().optional(), errors: z.unknown().optional() });
const failure = z.looseObject({ code });
const success = z.looseObject({ code });

const isFilledObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && Object.keys(value).length > 0;

/**
 * Reads an answer of ZarinPal v4, which is `{data, errors}`. On success `errors` is an empty array or missing; on failure
 * it is an object, or an array of objects, and `data` an empty array or object. HTTP may say 200 or 4xx either way, and
 * codes may be numbers or text. Only what stands here decides, never HTTP alone.
 */
export function readEnvelope(httpStatus: number, text: string): Envelope {
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    return unreadable(`no JSON with HTTP ${httpStatus}`);
  }
  const read = envelope.safeParse(body);
  if (!read.success) return unreadable(`no envelope with HTTP ${httpStatus}`);
  const errors = Array.isArray(read.data.errors) ? read.data.errors[0] : read.data.errors;
  if (isFilledObject(errors)) {
    const refused = failure.safeParse(errors);
    return refused.success
      ? { kind: 'error', code: refused.data.code }
      : unreadable(`an error without a code with HTTP ${httpStatus}`);
  }
  if (!isFilledObject(read.data.data)) {
    return unreadable(`neither data nor errors with HTTP ${httpStatus}`);
  }
  const done = success.safeParse(read.data.data);
  if (!done.success) return unreadable(`data without a code with HTTP ${httpStatus}`);
  // A refusal that stands where data should.
  if (done.data.code < 0) return { kind: 'error', code: done.data.code };
  // Half of a server that fails may still look right: what counts as money must come under a 2xx.
  if (httpStatus < 200 || httpStatus > 299) {
    return unreadable(`data with HTTP ${httpStatus}`);
  }
  return { kind: 'data', code: done.data.code, data: read.data.data };
}

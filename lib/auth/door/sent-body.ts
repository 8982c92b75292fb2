import { createHash } from 'node:crypto';
import { withSmallBody } from '#lib/core/http/read-body.ts';
import { fail, type Result, succeed } from '#lib/core/result.ts';

/** A picture as a program sent it. */
export type SentPicture = { readonly bytes: Buffer; readonly fileName: string; readonly mimeType: string };

/** What a request carries: named values, and the picture of one that carries a picture. */
type Sent = {
  readonly fields: Readonly<Record<string, unknown>>;
  readonly picture: SentPicture;
  /** SHA-256 of the picture, in hex; empty without one. */
  readonly digest: string;
};

const nothing: SentPicture = { bytes: Buffer.alloc(0), fileName: '', mimeType: '' };
const mostJsonBytes = 256 * 1024;
/** Room for the frame of a form around a picture. */
const frameBytes = 64 * 1024;

const isForm = (type: string) => /^multipart\/form-data\b/i.test(type);

/**
 * Reads a body within its bound: JSON, or for an operation that takes a picture its bytes or a form with one file.
 * Fails with `file.tooLarge`, `file.notPicture` where there is no picture, `input.invalid` for what is no such body.
 *
 * @param pictureBytes What a picture may have at most; null where none is taken.
 */
export async function readSent(request: Request, pictureBytes: number | null): Promise<Result<Sent>> {
  if (pictureBytes === null) return readJson(request);
  const type = request.headers.get('content-type') ?? '';
  const small = await withSmallBody(request, pictureBytes + (isForm(type) ? frameBytes : 0));
  if (!small) return fail('file.tooLarge', 'more than a picture may have');
  return isForm(type) ? readForm(small) : readRaw(small, type);
}

async function readJson(request: Request): Promise<Result<Sent>> {
  const small = await withSmallBody(request, mostJsonBytes);
  if (!small) return fail('input.invalid', 'a body that is too long');
  const text = small.body ? await small.text() : '';
  if (text === '') return succeed({ fields: {}, picture: nothing, digest: '' });
  if (!/^application\/json\b/i.test(request.headers.get('content-type') ?? '')) {
    return fail('input.invalid', 'a body that is not said to be JSON');
  }
  try {
    const fields: unknown = JSON.parse(text);
    const isObject = typeof fields === 'object' && fields !== null && !Array.isArray(fields);
    if (isObject) return succeed({ fields: fields as Record<string, unknown>, picture: nothing, digest: '' });
  } catch {
    // Said below.
  }
  return fail('input.invalid', 'a body that is no object of JSON');
}

async function readForm(request: Request): Promise<Result<Sent>> {
  const form = await request.formData().catch(() => null);
  if (!form) return fail('input.invalid', 'a form that cannot be read');
  const files = [...form.entries()].filter(([, value]) => typeof value !== 'string');
  const [file] = files.map(([, value]) => value as File);
  if (!file || files.length > 1) return fail('file.notPicture', `${files.length} files in a form`);
  const bytes = Buffer.from(await file.arrayBuffer());
  const fields = Object.fromEntries([...form.entries()].filter(([, value]) => typeof value === 'string'));
  return withPicture(fields, { bytes, fileName: file.name, mimeType: file.type });
}

async function readRaw(request: Request, mimeType: string): Promise<Result<Sent>> {
  const bytes = Buffer.from(await request.arrayBuffer());
  return withPicture({}, { bytes, fileName: '', mimeType });
}

function withPicture(fields: Record<string, unknown>, picture: SentPicture): Result<Sent> {
  if (picture.bytes.length === 0) return fail('file.notPicture', 'no bytes');
  const digest = createHash('sha256').update(picture.bytes).digest('hex');
  return succeed({ fields, picture, digest });
}

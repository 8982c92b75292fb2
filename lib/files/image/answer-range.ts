import type { ByteRange, StoredBytes } from '../storage/file-store.ts';

/** One range is enough for us: several, or one for another version, are answered with the whole. */
function rangeOf(request: Request, size: number, etag: string | null): ByteRange | 'unsatisfiable' | null {
  const match = /^bytes=(\d*)-(\d*)$/.exec(request.headers.get('range') ?? '');
  if (!match || (match[1] === '' && match[2] === '')) return null;
  const condition = request.headers.get('if-range');
  if (condition !== null && condition !== etag) return null;
  const [first, last] = [match[1] ?? '', match[2] ?? ''];
  const start = first === '' ? Math.max(0, size - Number(last)) : Number(first);
  const end = first === '' || last === '' ? size - 1 : Math.min(Number(last), size - 1);
  return start > end || start >= size ? 'unsatisfiable' : { start, end };
}

/**
 * Answers with a stored file's bytes, or the range of them that was asked for. Null when the file is not there.
 *
 * @param size Of the whole file, in bytes.
 */
export async function answerRange(
  request: Request,
  headers: Headers,
  size: number,
  open: (range?: ByteRange) => Promise<StoredBytes | null>,
): Promise<Response | null> {
  const range = rangeOf(request, size, headers.get('etag'));
  if (range === 'unsatisfiable') {
    headers.set('content-range', `bytes */${size}`);
    return new Response(null, { status: 416, headers });
  }
  const wanted = range ?? { start: 0, end: size - 1 };
  headers.set('content-length', String(wanted.end - wanted.start + 1));
  if (range) headers.set('content-range', `bytes ${range.start}-${range.end}/${size}`);
  const status = range ? 206 : 200;
  if (request.method === 'HEAD') return new Response(null, { status, headers });
  const bytes = await open(range ?? undefined);
  return bytes && new Response(bytes.stream, { status, headers });
}

/** The header that saves an answer as a file of this name, whatever letters it has. */
export function attachment(name: string): string {
  const encoded = encodeURIComponent(name).replace(
    /['()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `attachment; filename*=UTF-8''${encoded}`;
}

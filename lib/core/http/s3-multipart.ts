import { documentOf, keyOf, type S3Call, S3Error, textOf } from './s3-answer.ts';

/** Sends a request as often as it may be sent; null where there is no such key or upload. */
type Ask = (call: S3Call) => Promise<Response | null>;

export type UnfinishedUpload = { readonly key: string; readonly uploadId: string; readonly begunAt: Date };

/** Stores take no part under 5 MiB but the last, and no more than 10,000: 80 GB at most. */
const partBytes = 8 * 1024 * 1024;
const atOnce = 3;

/** Bytes of any cut in pieces of one size, the last one shorter. */
async function* piecesOf(source: Iterable<Uint8Array> | AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
  let held: Buffer[] = [];
  let length = 0;
  for await (const some of source) {
    for (let rest = Buffer.from(some.buffer, some.byteOffset, some.length); rest.length > 0; ) {
      const next = rest.subarray(0, partBytes - length);
      rest = rest.subarray(next.length);
      held.push(next);
      length += next.length;
      if (length < partBytes) continue;
      yield Buffer.concat(held, length);
      held = [];
      length = 0;
    }
  }
  if (length > 0) yield Buffer.concat(held, length);
}

/**
 * Writes an object in parts, three on the way at a time: it is there whole, or not at all. What cannot be finished is given up
 * at once, or by the sweep, for a store keeps (and counts) the parts of an upload until somebody does.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/mpuoverview.html
 */
export async function putParts(
  ask: Ask,
  key: string,
  source: Iterable<Uint8Array> | AsyncIterable<Uint8Array>,
  type: string,
): Promise<void> {
  const must = async (call: S3Call) => {
    const answer = await ask(call);
    if (!answer) throw new S3Error(404, '', `${call.method} ${key}`);
    return answer;
  };
  const begun = await must({
    method: 'POST',
    key,
    query: { uploads: '' },
    headers: { 'content-type': type },
  });
  const uploadId = textOf(await documentOf(begun), 'UploadId');
  if (!uploadId) throw new Error('the store began an upload without a name');
  const tags: string[] = [];
  let length = 0;
  async function putPart(place: number, body: Buffer): Promise<void> {
    const query = { partNumber: `${place + 1}`, uploadId: uploadId as string };
    const taken = await must({ method: 'PUT', key, query, body });
    await taken.body?.cancel();
    tags[place] = taken.headers.get('etag') ?? '';
    length += body.length;
  }
  const pieces = piecesOf(source);
  try {
    let place = 0;
    let isOver = false;
    const one = async () => {
      while (!isOver) {
        const { done, value } = await pieces.next();
        if (done) return;
        const at = place;
        place += 1;
        await putPart(at, value);
      }
    };
    // Whoever fails first ends the others; none is left behind that still sends.
    const ends = await Promise.allSettled(
      Array.from({ length: atOnce }, () =>
        one().catch((error: unknown) => {
          isOver = true;
          throw error;
        }),
      ),
    );
    const failed = ends.find((end) => end.status === 'rejected');
    if (failed) throw failed.reason;
    await finish();
  } catch (error) {
    await abortUpload(ask, { key, uploadId, begunAt: new Date() }).catch(() => undefined);
    throw error;
  } finally {
    await pieces.return(undefined);
  }

  async function finish(): Promise<void> {
    const parts = tags.map(
      (tag, place) => `<Part><PartNumber>${place + 1}</PartNumber><ETag>${escaped(tag)}</ETag></Part>`,
    );
    const body = Buffer.from(`<CompleteMultipartUpload>${parts.join('')}</CompleteMultipartUpload>`);
    const query = { uploadId: uploadId as string };
    const done = await ask({ method: 'POST', key, query, body, headers: { 'content-type': 'text/xml' } });
    if (done) {
      // What fails after the header was sent says so in its body.
      const said = await documentOf(done);
      if (said.includes('<Error>')) throw new S3Error(200, textOf(said, 'Code') ?? '', `POST ${key}`);
      return;
    }
    // No such upload: finished by a first try whose answer was lost, or gone.
    const there = await ask({ method: 'HEAD', key });
    if (Number(there?.headers.get('content-length')) !== length)
      throw new S3Error(404, 'NoSuchUpload', `POST ${key}`);
  }
}

const escaped = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');

/** Lets the parts of an upload go. It being gone is no error. */
export async function abortUpload(ask: Ask, { key, uploadId }: UnfinishedUpload): Promise<void> {
  const gone = await ask({ method: 'DELETE', key, query: { uploadId } });
  await gone?.body?.cancel();
}

/** Uploads that were begun and neither finished nor given up; none where a store has no list of them. */
export async function* listUnfinished(ask: Ask): AsyncGenerator<UnfinishedUpload> {
  for (let from: Record<string, string> = {}; ; ) {
    const query = { uploads: '', 'encoding-type': 'url', ...from };
    const page = await ask({ method: 'GET', key: '', query }).catch((error: unknown) => {
      if (error instanceof S3Error && (error.status === 501 || error.code === 'NotImplemented')) return null;
      throw error;
    });
    const said = page ? await documentOf(page) : '';
    for (const [, entry = ''] of said.matchAll(/<Upload>(.*?)<\/Upload>/gs)) {
      const uploadId = textOf(entry, 'UploadId') ?? '';
      yield { key: keyOf(entry), uploadId, begunAt: new Date(textOf(entry, 'Initiated') ?? 0) };
    }
    const key = textOf(said, 'NextKeyMarker');
    if (textOf(said, 'IsTruncated') !== 'true' || key === undefined) return;
    from = {
      'key-marker': decodeURIComponent(key.replaceAll('+', ' ')),
      'upload-id-marker': textOf(said, 'NextUploadIdMarker') ?? '',
    };
  }
}

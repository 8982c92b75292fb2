import { notKept } from '#lib/core/answer.ts';
import { answerRange, attachment } from '../image/answer-range.ts';
import { etagOf } from '../image/serve-file.ts';
import { noteMissing } from '../image/store.ts';
import { fileStore } from '../storage/open-store.ts';
import { sentName } from './sent-name.ts';
import type { SentFile } from './store.ts';

/**
 * Answers with a file as it was sent, byte for byte, to be saved under the name it came with. Who may have it was decided
 * before. Nothing keeps a copy on the way, and no browser opens it as a page of ours.
 */
export async function serveSent(
  request: Request,
  { fileId, type, bytes, fileName }: SentFile & { readonly fileName: string },
): Promise<Response> {
  const headers = new Headers({
    'content-type': type,
    'content-disposition': attachment(sentName(fileName, type)),
    etag: etagOf(fileId, 'original'),
    'accept-ranges': 'bytes',
    'cache-control': notKept,
    'content-security-policy': "default-src 'none'; sandbox",
    'x-content-type-options': 'nosniff',
    'cross-origin-resource-policy': 'same-origin',
    'referrer-policy': 'no-referrer',
  });
  const answer = await answerRange(request, headers, bytes, (range) =>
    fileStore().open(fileId, 'original', range),
  );
  if (answer) return answer;
  await noteMissing([fileId]);
  return new Response(null, { status: 404, headers: { 'cache-control': 'no-store' } });
}

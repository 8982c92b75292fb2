import { setTimeout as delay } from 'node:timers/promises';
import { type ErrorCode, errorStatus } from '#lib/core/errors.ts';
import { log } from '#lib/core/log.ts';
import { perProcess } from '#lib/core/per-process.ts';
import { isRandomId } from '#lib/core/random-id.ts';
import { unavailableCode } from '#lib/db/unavailable.ts';
import type { UploadHandler } from './embedded-handler.ts';
import type { PartWriter, UploadParts } from './part-store.ts';
import { receivePart } from './receive-part.ts';
import { readSignedUpload } from './signature.ts';
import {
  claimUpload,
  findUpload,
  reopenUpload,
  touchUpload,
  type Upload,
  type UploadAnswer,
} from './store.ts';
import type { EmbeddedUploads } from './upload-service.ts';

export type IngestPorts = {
  readonly service: EmbeddedUploads;
  readonly parts: UploadParts;
  readonly complete: UploadHandler['complete'];
};

/** Room for the multipart frame around the file. */
const frameBytes = 64 * 1024;
/** While bytes come, it is written down that they do: what lies still gives way to others. */
const touchEveryMs = 5_000;
const answerPollMs = 250;
const answerWaitMs = 45_000;

/** Writers of this process, by upload: a browser that sends again replaces what it sent before. */
const writing = perProcess('files.uploadWriters', () => new Map<string, Writing>());
type Writing = { readonly abort: AbortController; readonly ended: Promise<void> };

/** HEAD: how much of an upload has arrived, so that it can go on from there. */
export async function tellProgress(request: Request, { service, parts }: IngestPorts): Promise<Response> {
  const upload = await uploadOf(request, service);
  const start = upload ? (upload.answer ? upload.fileSize : await parts.sizeOf(upload.id)) : 0;
  return new Response(null, {
    status: upload ? 200 : errorStatus['file.linkInvalid'],
    headers: { 'x-ut-range-start': String(start), 'cache-control': 'no-store' },
  });
}

/**
 * PUT: takes the bytes of an upload that was allowed, from the beginning or from where a cut line left off,
 * and answers when the image was accepted or refused. Sending the same again gives the same answer.
 */
export async function takeUpload(request: Request, ports: IngestPorts): Promise<Response> {
  const { service, parts } = ports;
  const upload = await uploadOf(request, service);
  if (!upload) return refuse(request, 'file.linkInvalid');
  if (upload.answer) {
    await request.body?.cancel();
    return answered(upload.answer);
  }
  const received = upload.state === 'open' ? await receive(request, upload, parts) : null;
  if (received) return refuse(request, received);
  if (upload.state !== 'open') await request.body?.cancel();

  if (!(await claimUpload(upload.id))) return waitForAnswer(upload, ports);
  return accept(upload, ports);
}

async function uploadOf(request: Request, service: EmbeddedUploads): Promise<Upload | null> {
  const signed = readSignedUpload({ requestUrl: request.url, ...service });
  if (!signed || !isRandomId(signed.uploadId)) return null;
  const upload = await findUpload(signed.uploadId, signed.key);
  return upload && upload.slug === signed.slug && upload.fileSize === signed.fileSize ? upload : null;
}

/** Null when every byte is there. */
async function receive(request: Request, upload: Upload, parts: UploadParts): Promise<ErrorCode | null> {
  const range = /^bytes=(\d{1,9})-$/.exec(request.headers.get('range') ?? 'bytes=0-');
  const start = Number(range?.[1]);
  if (!range) return 'input.invalid';
  const announced = Number(request.headers.get('content-length') ?? 0);
  if (start > upload.fileSize || announced > upload.fileSize - start + frameBytes) return 'file.tooLarge';
  if (!request.body) return 'input.invalid';

  const earlier = writing.get(upload.id);
  earlier?.abort.abort();
  await earlier?.ended;
  if (start > (await parts.sizeOf(upload.id))) return 'file.uploadIncomplete';
  if (!(await parts.makeRoom(upload.fileSize - start))) return 'file.storageFull';

  const abort = new AbortController();
  const { promise: ended, resolve: end } = Promise.withResolvers<void>();
  const mine: Writing = { abort, ended };
  writing.set(upload.id, mine);
  let writer: PartWriter | undefined;
  await touchUpload(upload.id);
  const touching = setInterval(() => void touchUpload(upload.id).catch(() => undefined), touchEveryMs);
  try {
    writer = await parts.writeFrom(upload.id, start);
    const received = await receivePart({
      body: request.body,
      contentType: request.headers.get('content-type') ?? '',
      writer,
      maxEnd: upload.fileSize,
      signal: AbortSignal.any([abort.signal, request.signal]),
    });
    if (!received.ok) {
      log.info({ upload: upload.id, reason: received.code, detail: received.detail }, 'upload interrupted');
      await touchUpload(upload.id, writer.end);
      return received.code;
    }
    return writer.end === upload.fileSize ? null : 'file.uploadIncomplete';
  } finally {
    clearInterval(touching);
    await writer?.close();
    if (writing.get(upload.id) === mine) writing.delete(upload.id);
    end();
  }
}

async function accept(upload: Upload, { parts, complete }: IngestPorts): Promise<Response> {
  try {
    const { answer, fileHash } = await complete(upload);
    if (!answer) throw new Error('the upload route gave no answer');
    if (!('error' in answer) || (await findUpload(upload.id, upload.key))?.answer)
      await parts.remove(upload.id);
    return answered(answer, fileHash);
  } catch (error) {
    log.error({ err: error, upload: upload.id }, 'an upload could not be accepted');
    // A request that is sent again after a minute may claim it, also when this cannot be written down now.
    await reopenUpload(upload.id).catch(() => undefined);
    const code: ErrorCode = unavailableCode(error) ?? 'internal';
    return Response.json({ error: code }, { status: errorStatus[code] });
  }
}

/** Another request is accepting the same bytes: its answer is this one's too. */
async function waitForAnswer(upload: Upload, ports: IngestPorts): Promise<Response> {
  for (let waited = 0; waited < answerWaitMs; waited += answerPollMs) {
    const now = await findUpload(upload.id, upload.key);
    if (!now) break;
    if (now.answer) return answered(now.answer);
    if (await claimUpload(upload.id)) return accept(upload, ports);
    await delay(answerPollMs);
  }
  return Response.json({ error: 'service.unavailable' satisfies ErrorCode }, { status: 503 });
}

function answered(serverData: UploadAnswer, fileHash = ''): Response {
  const url = 'image' in serverData ? serverData.image.url : '';
  const body = { url, appUrl: url, ufsUrl: url, fileHash, serverData };
  return Response.json(body, { headers: { 'cache-control': 'no-store' } });
}

/** A body that nobody reads would hold the connection. */
async function refuse(request: Request, error: ErrorCode): Promise<Response> {
  await request.body?.cancel().catch(() => undefined);
  return Response.json({ error }, { status: errorStatus[error], headers: { 'cache-control': 'no-store' } });
}

import { Readable, type Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Busboy, type BusboyFileStream } from '@fastify/busboy';
import { isDiskFull } from '#lib/core/disk-errors.ts';
import { fail, type Result, succeed } from '#lib/core/result.ts';
import type { PartWriter } from './part-store.ts';

/**
 * Streams the one file of a multipart body to disk as it arrives, so that a cut line loses nothing that came
 * through, and no body is ever held in memory. Stops at the first byte beyond `maxEnd`.
 */
export async function receivePart(options: {
  body: ReadableStream<Uint8Array>;
  contentType: string;
  writer: PartWriter;
  maxEnd: number;
  signal: AbortSignal;
}): Promise<Result<void>> {
  const { body, contentType, writer, maxEnd, signal } = options;
  if (!/^multipart\/form-data;\s*boundary=/i.test(contentType)) return fail('input.invalid', 'not multipart');
  const source = Readable.fromWeb(body as Parameters<typeof Readable.fromWeb>[0]);
  const parser = new Busboy({
    headers: { 'content-type': contentType },
    limits: { files: 1, fields: 0, headerPairs: 20 },
  });
  let writing: Promise<void> | undefined;
  let seen = false;
  parser.on('file', (_field, file) => {
    seen = true;
    writing = write(file, writer, maxEnd);
    // Its failure ends the whole: stop reading what would be thrown away.
    writing.catch((error: unknown) => {
      source.destroy(asError(error));
      // When everything was read already, only the parser still waits.
      (parser as unknown as Transform).destroy(asError(error));
    });
    source.once('error', (error) => file.destroy(error));
    source.once('close', () => {
      if (!source.readableEnded) file.destroy();
    });
  });

  let failure: unknown;
  try {
    await pipeline(source, parser as unknown as Transform, { signal });
  } catch (error) {
    failure = error;
  }
  // What was read until the line was cut must be on disk before anybody is told how much there is.
  await writing?.catch((error: unknown) => {
    failure = error;
  });

  if (failure instanceof TooLong) return fail('file.tooLarge', `more than ${maxEnd} bytes`);
  if (isDiskFull(failure)) return fail('file.storageFull', failure.message);
  if (failure !== undefined) return fail('file.uploadIncomplete', asError(failure).message);
  if (!seen) return fail('input.invalid', 'no file in the body');
  return succeed(undefined);
}

class TooLong extends Error {}

async function write(file: BusboyFileStream, writer: PartWriter, maxEnd: number): Promise<void> {
  for await (const chunk of file as AsyncIterable<Buffer>) {
    if (writer.end + chunk.length > maxEnd) throw new TooLong();
    await writer.write(chunk);
  }
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}

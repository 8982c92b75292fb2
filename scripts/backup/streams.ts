import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { type Readable, Transform, Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

/** What went through a stream: how many bytes, and their SHA-256 in hex. */
export type Measured = { readonly bytes: number; readonly sha256: string };

/** Passes everything on and measures it; ask for the measure when the stream has ended. */
function meter(): Transform & { measure(): Measured } {
  const hash = createHash('sha256');
  let bytes = 0;
  const stream = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk);
      bytes += chunk.length;
      done(null, chunk);
    },
  });
  return Object.assign(stream, { measure: () => ({ bytes, sha256: hash.digest('hex') }) });
}

/** Writes a stream into a new file that only its owner may read, through to the disk. */
export async function writeMeasured(
  source: Readable,
  path: string,
  through: readonly Transform[] = [],
): Promise<Measured> {
  const measured = meter();
  await pipeline([source, ...through, measured, createWriteStream(path, { flags: 'wx', mode: 0o600 })]);
  await syncFile(path);
  return measured.measure();
}

/** Measures a stream to its end without keeping it in memory. */
export async function measureStream(source: Readable): Promise<Measured> {
  const measured = meter();
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  await pipeline(source, measured, nowhere);
  return measured.measure();
}

/** Measures a file. */
export function measureFile(path: string): Promise<Measured> {
  return measureStream(createReadStream(path));
}

async function syncFile(path: string): Promise<void> {
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

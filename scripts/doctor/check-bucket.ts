import { randomBytes } from 'node:crypto';
import type { Env } from '#lib/core/env/env.ts';
import { S3Error } from '#lib/core/http/s3-answer.ts';
import { createS3Client } from '#lib/core/http/s3-client.ts';
import { type Check, green, red } from './finding.ts';

/** A signature is refused when the clocks are a quarter of an hour apart. */
const clockSeconds = 300;

/** Does with a bucket all that the program does, on a key of its own that goes again: put, get, range, copy, list, delete. */
export async function checkBucket({ storage }: Env): Promise<Check[]> {
  if (storage.kind !== 's3') return [];
  const client = createS3Client(storage);
  const key = `.doctor/${randomBytes(8).toString('hex')}`;
  const copy = `${key}-copy`;
  const bytes = randomBytes(256);
  const broken = (what: string) =>
    red(`the bucket ${what}`, 'Pictures would be lost there: use another store.');
  try {
    await client.put(key, bytes, 'application/octet-stream');
    const whole = await client.get(key);
    if (!whole || !Buffer.from(await whole.arrayBuffer()).equals(bytes))
      return [broken('gives back other bytes')];
    const part = await client.get(key, { start: 100, end: 199 });
    const isPart =
      part?.status === 206 && Buffer.from(await part.arrayBuffer()).equals(bytes.subarray(100, 200));
    if (!isPart) return [broken('knows no ranges')];
    if (!(await client.copy(key, copy))) return [broken('does not copy')];
    const listed: string[] = [];
    for await (const found of client.list('.doctor/')) listed.push(found.key);
    if (!listed.includes(key) || !listed.includes(copy)) return [broken('does not list what it was given')];
    await Promise.all([client.remove(key), client.remove(copy)]);
    if (await client.head(key)) return [broken('keeps what was deleted')];
    const there = Date.parse(whole.headers.get('date') ?? '');
    const apart = Math.round(Math.abs(Date.now() - there) / 1000);
    const open = await isOpenToAll(storage, key);
    return [
      green('the bucket puts, gets, copies, lists and deletes'),
      ...(apart > clockSeconds
        ? [red(`the clock of the store is ${apart} s apart`, 'Signatures will be refused: set both by NTP.')]
        : []),
      ...(open ? [red('strangers may ask the bucket', 'Make it private: our own door shows pictures.')] : []),
    ];
  } catch (error) {
    const said = error instanceof S3Error ? `${error.status} ${error.code}`.trim() : 'no answer';
    return [
      red(
        `the bucket cannot be used (${said})`,
        'Look at S3_ENDPOINT, S3_BUCKET, the key and its rights: get, put, delete and list.',
      ),
    ];
  } finally {
    await Promise.allSettled([client.remove(key), client.remove(copy)]);
  }
}

/** Whether somebody without a key gets another answer than "forbidden". */
async function isOpenToAll(
  { endpoint, bucket, pathStyle }: { endpoint: string; bucket: string; pathStyle: boolean },
  key: string,
): Promise<boolean> {
  const url = new URL(endpoint);
  if (!pathStyle) url.hostname = `${bucket}.${url.hostname}`;
  url.pathname = pathStyle ? `/${bucket}/${key}` : `/${key}`;
  const answer = await fetch(url, { redirect: 'manual', signal: AbortSignal.timeout(5000) }).catch(
    () => null,
  );
  await answer?.body?.cancel();
  return answer !== null && answer.status !== 403 && answer.status !== 401;
}

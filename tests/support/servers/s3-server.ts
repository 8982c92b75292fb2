import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import S3rver from '@20minutes/s3rver';
import type { S3Settings } from '#lib/core/env/storage-env.ts';
import { startSwift } from './swift-server.ts';

/** A server that speaks S3 and checks signatures, on a port of its own, with one bucket; a real engine where the tests name one. */
export async function startS3Server(): Promise<{ settings: S3Settings; stop: () => Promise<void> }> {
  if (process.env.TEST_S3_ENGINE === 'swift') return startSwift();
  const folder = mkdtempSync(join(tmpdir(), 'stayler-s3-'));
  const server = new S3rver({
    address: '127.0.0.1',
    port: 0,
    silent: true,
    directory: folder,
    configureBuckets: [{ name: 'pictures', configs: [] }],
  });
  const { port } = await server.run();
  return {
    settings: {
      endpoint: `http://127.0.0.1:${port}`,
      bucket: 'pictures',
      region: 'us-east-1',
      accessKeyId: 'S3RVER',
      secretAccessKey: 'S3RVER',
      pathStyle: true,
    },
    stop: async () => {
      await server.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

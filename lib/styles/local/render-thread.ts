import { parentPort } from 'node:worker_threads';
import { renderPhoto } from './render-photo.ts';
import type { RenderReply, RenderRequest } from './thread-messages.ts';

/** Runs in a worker thread: renders one photo at a time and reports as it goes. */
parentPort?.on('message', (request: RenderRequest) => {
  void answer(request).then((reply) => parentPort?.postMessage(reply));
});

async function answer({ photo, ...look }: RenderRequest): Promise<RenderReply> {
  try {
    const { bytes, ...rest } = await renderPhoto(Buffer.from(photo), look, (stage) => {
      parentPort?.postMessage({ kind: 'stage', stage } satisfies RenderReply);
    });
    return { kind: 'done', bytes: Uint8Array.from(bytes), ...rest };
  } catch (error) {
    return {
      kind: 'failed',
      detail: error instanceof Error ? (error.stack ?? error.message) : String(error),
    };
  }
}

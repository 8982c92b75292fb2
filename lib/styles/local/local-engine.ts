import { Worker } from 'node:worker_threads';
import { fail, type Result, succeed } from '#lib/core/result.ts';
import { isStyleName } from '../catalogue.ts';
import type { StyledPicture, StyleEngine, StyleJob } from '../style-engine.ts';
import type { RenderReply, RenderRequest } from './thread-messages.ts';

/** A warm thread saves the start of a second render; more than this would only hold memory. */
const mostIdleThreads = 2;

/**
 * The engine that needs no network: our own painting code in worker threads, so that a render can be
 * ended at once without harm. Idle threads wait for the next photo and never keep the process alive.
 */
export function createLocalEngine(): StyleEngine & { close(): Promise<void> } {
  const idle: Worker[] = [];

  const borrow = (): Worker => {
    const thread = idle.pop() ?? startThread(idle);
    thread.ref();
    return thread;
  };
  const giveBack = (thread: Worker): void => {
    if (idle.length >= mostIdleThreads) {
      void thread.terminate();
      return;
    }
    thread.unref();
    idle.push(thread);
  };

  return {
    name: 'local',
    async stylise(job) {
      if (job.style !== 'reference' && !isStyleName(job.style))
        return fail('style.unknown', `No style is called ${String(job.style)}`);
      if (job.signal.aborted) return fail('conversion.engine', 'Aborted before the render began');
      const thread = borrow();
      const { result, reusable } = await render(thread, job);
      if (reusable) giveBack(thread);
      else void thread.terminate();
      return result;
    },
    async close() {
      await Promise.all(idle.splice(0).map((thread) => thread.terminate()));
    },
  };
}

function startThread(idle: Worker[]): Worker {
  const thread = new Worker(new URL('./render-thread.ts', import.meta.url), { name: 'render' });
  const forget = () => {
    const place = idle.indexOf(thread);
    if (place >= 0) idle.splice(place, 1);
  };
  thread.on('exit', forget);
  thread.on('error', forget);
  return thread;
}

/** One render on one thread; the thread is reusable unless it was cut off or broke. */
function render(
  thread: Worker,
  job: StyleJob,
): Promise<{ result: Result<StyledPicture>; reusable: boolean }> {
  return new Promise((resolve) => {
    const settle = (result: Result<StyledPicture>, reusable: boolean) => {
      thread.off('message', onMessage);
      thread.off('error', onError);
      thread.off('exit', onExit);
      job.signal.removeEventListener('abort', onAbort);
      resolve({ result, reusable });
    };
    const onMessage = (reply: RenderReply) => {
      if (reply.kind === 'stage') {
        job.onStage?.(reply.stage);
      } else if (reply.kind === 'failed') {
        settle(fail('conversion.engine', reply.detail), true);
      } else {
        const { width, height, stagesMs } = reply;
        const bytes = Buffer.from(reply.bytes.buffer, reply.bytes.byteOffset, reply.bytes.byteLength);
        settle(succeed({ bytes, mimeType: 'image/jpeg', width, height, stagesMs }), true);
      }
    };
    const onError = (error: Error) => settle(fail('conversion.engine', error.stack ?? error.message), false);
    const onExit = (code: number) =>
      settle(fail('conversion.engine', `The render thread ended with ${code}`), false);
    const onAbort = () => settle(fail('conversion.engine', 'Aborted while rendering'), false);
    thread.on('message', onMessage);
    thread.on('error', onError);
    thread.on('exit', onExit);
    job.signal.addEventListener('abort', onAbort, { once: true });
    const photo = Uint8Array.from(job.photo);
    const request: RenderRequest =
      job.style === 'reference'
        ? { photo, style: job.style, reference: Uint8Array.from(job.reference) }
        : { photo, style: job.style };
    thread.postMessage(request);
  });
}

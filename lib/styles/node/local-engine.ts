import { fail, succeed } from '#lib/core/result.ts';
import { createThreads, ThreadError } from '#lib/core/threads/threads.ts';
import { isStyleName } from '../catalogue.ts';
import type { StyleEngine, StyleJob, StyleStage } from '../style-engine.ts';
import { askNetwork } from './photo-student.ts';
import type { NetworkAnswer, NetworkQuestion, RenderRequest, RenderValue } from './thread-messages.ts';

/** A warm thread saves the start of a second render; more than this would only hold memory. */
const mostIdleThreads = 2;

/**
 * The engine that needs no network: our own painting code in worker threads, so that a render can be
 * ended at once without harm.
 */
export function createLocalEngine(): StyleEngine & { close(): Promise<void> } {
  const threads = createThreads<RenderRequest, StyleStage, RenderValue, NetworkQuestion, NetworkAnswer>({
    name: 'render',
    file: 'lib/styles/node/render-thread.ts',
    mostIdle: mostIdleThreads,
    quietMb: 64,
    answer: askNetwork,
  });
  return {
    name: 'local',
    async stylise(job) {
      if (job.style !== 'reference' && !isStyleName(job.style))
        return fail('style.unknown', `No style is called ${String(job.style)}`);
      try {
        const { signal, onStage } = job;
        const made = await threads.run({
          request: requestOf(job),
          signal,
          ...(onStage ? { onNote: onStage } : {}),
        });
        if ('impossible' in made) return fail('conversion.refused', `the photo has ${made.impossible}`);
        const { bytes, ...rest } = made;
        const copied = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
        return succeed({ bytes: copied, mimeType: 'image/jpeg', ...rest });
      } catch (error) {
        if (error instanceof ThreadError) return fail('conversion.engine', error.message);
        throw error;
      }
    },
    close: () => threads.close(),
  };
}

function requestOf(job: StyleJob): RenderRequest {
  const photo = Uint8Array.from(job.photo);
  return job.style === 'reference'
    ? {
        photo,
        style: job.style,
        reference: Uint8Array.from(job.reference),
        ...(job.order ? { order: job.order } : {}),
      }
    : { photo, style: job.style, ...(job.strength ? { strength: job.strength } : {}) };
}

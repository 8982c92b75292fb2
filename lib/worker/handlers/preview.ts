import type { Job } from 'pg-boss';
import { renderPreviews } from '#lib/conversions/preview/render-previews.ts';
import { jobPayloads } from '#lib/jobs/queues.ts';
import type { PreviewPainter } from '#lib/styles/node/preview-painter.ts';
import type { GivingWay } from '../give-way.ts';

/** Paints the previews that the job's photo still lacks, when conversions leave room. */
export function handlePreviewRender(painter: PreviewPainter, turns: GivingWay) {
  return async (jobs: (Job<unknown> & { signal: AbortSignal })[]): Promise<void> => {
    for (const job of jobs) {
      const { imageId } = jobPayloads['preview.render'].parse(job.data);
      await turns.later({ beside: 1, signal: job.signal }, (signal) =>
        renderPreviews(imageId, { painter, signal }),
      );
    }
  };
}

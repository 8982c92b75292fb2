import type { Job } from 'pg-boss';
import { renderPreviews } from '#lib/conversions/render-previews.ts';
import { jobPayloads } from '#lib/jobs/queues.ts';
import type { PreviewPainter } from '#lib/styles/local/preview-painter.ts';

/** Paints the previews that the job's photo still lacks. */
export function handlePreviewRender(painter: PreviewPainter) {
  return async (jobs: (Job<unknown> & { signal: AbortSignal })[]): Promise<void> => {
    for (const job of jobs) {
      const { imageId } = jobPayloads['preview.render'].parse(job.data);
      await renderPreviews(imageId, { painter, signal: job.signal });
    }
  };
}

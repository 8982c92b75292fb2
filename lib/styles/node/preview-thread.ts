import { answerTasks, giveWay, letGo } from '#lib/core/threads/thread-side.ts';
import { whenMuchIsMade } from '../paint/raster.ts';
import { renderPreviews } from './render-previews.ts';
import type { PreviewNote, PreviewRequest } from './thread-messages.ts';

// Somebody has paid for what the other threads do.
giveWay();
whenMuchIsMade(16_000_000, letGo);

/** Runs in a worker thread: paints one photo's previews and hands each over as it is made. */
answerTasks<PreviewRequest, PreviewNote, null>(async ({ photo, styles }, note) => {
  await renderPreviews(Buffer.from(photo), styles, (style, bytes) => {
    note({ style, bytes: Uint8Array.from(bytes) });
  });
  return null;
});

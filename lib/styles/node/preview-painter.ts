import { createThreads } from '#lib/core/threads/threads.ts';
import type { StyleName } from '../catalogue.ts';
import type { PreviewNote, PreviewRequest } from './thread-messages.ts';

/** Paints previews on a thread that gives way to conversions. One photo at a time is the caller's to keep. */
export type PreviewPainter = {
  /** Throws when the photo cannot be painted; what was made before that has been told. */
  paint(
    photo: Buffer,
    styles: readonly StyleName[],
    options: { signal: AbortSignal; onPreview: (style: StyleName, bytes: Buffer) => void },
  ): Promise<void>;
  close(): Promise<void>;
};

/** A quiet machine gets its memory back. */
const idleMs = 60_000;

export function createPreviewPainter(): PreviewPainter {
  const threads = createThreads<PreviewRequest, PreviewNote, null>({
    name: 'previews',
    file: 'lib/styles/node/preview-thread.ts',
    mostIdle: 1,
    idleMs,
  });
  return {
    async paint(photo, styles, { signal, onPreview }) {
      await threads.run({
        request: { photo: Uint8Array.from(photo), styles },
        signal,
        onNote: ({ style, bytes }) => onPreview(style, Buffer.from(bytes)),
      });
    },
    close: () => threads.close(),
  };
}

import { drawMoment, openCanvas } from './compose.ts';
import { type Layout, revealedAt, revealMs } from './layout.ts';

/** What phones and messengers play first; a browser that has none of them makes no film. */
const types = [
  'video/mp4;codecs=avc1.42E01F',
  'video/mp4',
  'video/webm;codecs=vp9',
  'video/webm;codecs=vp8',
  'video/webm',
] as const;

/** In which form this browser can record a canvas; null where it cannot. */
export function filmType(): string | null {
  if (typeof MediaRecorder === 'undefined' || !('captureStream' in HTMLCanvasElement.prototype)) return null;
  return types.find((type) => MediaRecorder.isTypeSupported(type)) ?? null;
}

const frameRate = 30;
const bitsPerSecond = 5_000_000;
/** A page that is not looked at is not drawn: the film waits, and is given up after this. */
const mostMs = 20_000;

type Film = {
  layout: Layout;
  result: HTMLImageElement;
  source: HTMLImageElement;
  direction: 'rtl' | 'ltr';
  mark: string | null;
};

/**
 * Plays the edge moving over the photo once and records it, which takes as long as the film. Throws when it was given
 * up (`signal`), or the device did not finish.
 *
 * @param onShare How much of it is recorded, 0 to 1.
 */
export async function recordReveal(
  film: Film,
  signal: AbortSignal,
  onShare: (share: number) => void,
): Promise<Blob> {
  const type = filmType();
  if (!type) throw new Error('this browser records no film');
  const { layout, direction, mark } = film;
  const { canvas, context } = openCanvas(layout);
  const draw = (ms: number) => drawMoment(context, layout, film, { share: revealedAt(ms), direction, mark });
  draw(0);
  const stream = canvas.captureStream(frameRate);
  const recorder = new MediaRecorder(stream, { mimeType: type, videoBitsPerSecond: bitsPerSecond });
  const chunks: Blob[] = [];
  recorder.ondataavailable = ({ data }) => chunks.push(data);
  const bounded = AbortSignal.any([signal, AbortSignal.timeout(mostMs)]);
  const stopped = new Promise<void>((resolve, reject) => {
    recorder.onstop = () => resolve();
    recorder.onerror = () => reject(new Error('the film could not be recorded'));
  });
  stopped.catch(() => undefined);
  try {
    recorder.start();
    await play(draw, bounded, onShare);
    recorder.stop();
    await stopped;
  } finally {
    for (const track of stream.getTracks()) track.stop();
  }
  return new Blob(chunks, { type: type.split(';')[0] ?? type });
}

/** Draws moment after moment until the end of the film. */
function play(
  draw: (ms: number) => void,
  signal: AbortSignal,
  onShare: (share: number) => void,
): Promise<void> {
  return new Promise((resolve, reject) => {
    let begun: number | null = null;
    const step = (now: number) => {
      if (signal.aborted) return reject(signal.reason);
      begun ??= now;
      const ms = now - begun;
      draw(ms);
      onShare(Math.min(1, ms / revealMs.whole));
      if (ms >= revealMs.whole) resolve();
      else requestAnimationFrame(step);
    };
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
    requestAnimationFrame(step);
  });
}

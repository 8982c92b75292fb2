import type { LookOrder, LookRegion } from '#lib/gallery/look/kinds.ts';
import type { StyleName } from '../catalogue.ts';
import type { LookObstacle, WornOrder } from '../paint/looks/order.ts';
import type { SeenParts } from '../paint/looks/read-mask.ts';
import type { ReferenceFacts } from '../paint/looks/study-reference.ts';
import type { PhotoMeasures } from '../paint/study-photo.ts';

/**
 * The engine on the person's own device, as pages see it. The photo never leaves the device by it.
 *
 * How it is used:
 *
 * 1. `readSupport()` says whether this browser can; if not, samples stand in and everything else works.
 * 2. `deviceEngine()` gives the one engine of the page. Nothing is fetched for it until `warm`, which a page calls as soon as
 *    somebody is about to choose a photo, or the first `openPhoto`: then a worker that paints styles, and behind it the
 *    networks that find people with the WebAssembly that runs them; kept by the browser (looks to be worn fetch a mesh of
 *    faces beside, a megabyte more).
 * 3. `openPhoto(blob)` decodes (whatever this browser can, by its bytes and not by a declared type), turns the picture
 *    upright and keeps a copy of at most 1024 pixels in the worker. The blob itself is kept too, to be opened again after
 *    a crash; `closePhoto(id)` lets go of both.
 * 4. `thumbnail(id, style)` and `stage(id, look)` answer with a finished JPEG to be shown by an object URL, which the
 *    caller makes and revokes. All wait in one line, for there is one worker: what is looked at (`now`) first and of that
 *    the latest first, then `soon`, then `later`, both in order. Asking again for the same is painting again: keep it.
 * 5. A `signal` takes a waiting job out of the line at once; the one that is being painted is finished (up to a second,
 *    on an old phone four) and thrown away. Either way the promise ends with `cancelled`.
 * 6. Until the networks are there, which takes a slow line ten seconds, a thumbnail that was asked for with `onSketch` is
 *    painted at once as if nobody were in the photo, and again when it is known who is.
 * 7. If the worker dies, the job it was doing ends with `crashed` and the next one starts a new worker with the same
 *    photos, twice; then every call ends with `crashed` and the page does without.
 */
export type DeviceEngine = {
  /** Sends for what every photo needs. */
  warm(): void;
  /** Fails with `undecodable`, `tooLarge` (more pixels than the browser can be asked to unpack), `network`, `crashed`. */
  openPhoto(blob: Blob, options?: OpenOptions): Promise<DevicePhoto>;
  closePhoto(id: string): void;
  /** The photo in a style, small: longest side 400 pixels unless told, in the line as `soon`. */
  thumbnail(id: string, style: StyleName, options?: ThumbnailOptions): Promise<DevicePicture>;
  /** The photo in a look, large: longest side as {@link DeviceSupport} advises unless told, in the line as `now`. */
  stage(id: string, look: DeviceLook, options?: PaintOptions): Promise<DevicePicture>;
  /** What a look of this kind would change in the photo, as taps have it: a mask in a picture's alpha, and who is seen. */
  parts(id: string, order: Pick<WornOrder, 'kind' | 'taps'>, options?: JobOptions): Promise<DeviceParts>;
  /** What the photo measures, by the server's own rules; after everything else unless told. */
  measure(id: string, options?: JobOptions): Promise<PhotoMeasures>;
  /** What a picture of this site shows (its address), or the marked part of it. */
  study(url: string, region: LookRegion | null, options?: JobOptions): Promise<ReferenceFacts>;
  /** Ends the worker and forgets every photo; the next `openPhoto` begins anew. */
  close(): void;
};

/** What was seen of a photo's people; `mask` is null where the look is worn on faces alone, or nothing was found. */
export type DeviceParts = Omit<SeenParts, 'mask'> & { readonly mask: Blob | null };

/** A photo that the engine holds. Width and height are those of the upright original, in pixels; `shown` is it as it is, where that was asked for. */
type DevicePhoto = {
  readonly id: string;
  readonly width: number;
  readonly height: number;
  readonly shown: Blob | null;
};

/** A picture that was made: a file for an object URL, and its size in pixels. */
export type DevicePicture = { readonly blob: Blob; readonly width: number; readonly height: number };

/**
 * What the photo is shown in: a style, or what is taken of another picture (its address on this site, best about 768
 * pixels of it). With an `order` that is worn or stood in as its kind says; without one palette, light and texture are
 * taken, which is the kind `light`. `strength` runs from 0, the photo itself, to 1, the look in full, which is also the
 * default; a look with an `order` carries it there.
 */
export type DeviceLook =
  | { readonly style: StyleName; readonly strength?: number }
  | {
      readonly style: 'reference';
      readonly url: string;
      readonly order?: LookOrder;
    };

/** What a job is at; told as it goes on. `fetch` is only there the first time. */
export type DeviceStep = 'fetch' | 'decode' | 'analyse' | 'paint';

export type JobOptions = {
  readonly signal?: AbortSignal;
  /** `now` overtakes everything, the latest first; `soon` and `later` keep their order. */
  readonly priority?: 'now' | 'soon' | 'later';
  readonly onStep?: (step: DeviceStep) => void;
};

type PaintOptions = JobOptions & {
  /** Longest side in pixels, at most 1024; a smaller photo is not enlarged. */
  readonly side?: number;
  /** Words laid small into a corner, so that a preview is not taken for a result. */
  readonly mark?: readonly string[];
  /** JPEG unless told; PNG keeps every pixel as it was painted. */
  readonly type?: 'image/jpeg' | 'image/png';
};

/** Of a mark: its letters in shares of the picture's shorter side, and in letters what is below and how far apart lines are. */
export const markShares = { letters: 0.032, foot: 0.6, leading: 1.35 } as const;

type OpenOptions = JobOptions & {
  /** Longest side of the photo as it is to be shown, in pixels, at most 1024. */
  readonly shownSide?: number;
};

type ThumbnailOptions = Omit<PaintOptions, 'mark'> & { readonly onSketch?: (sketch: DevicePicture) => void };

/** Why an engine call did not end well; the code is for choosing a sentence. */
export type DeviceFailure =
  | 'undecodable'
  | 'tooLarge'
  | 'network'
  | 'crashed'
  | 'cancelled'
  | 'unsupported'
  /** The photo has not what the look is worn on. */
  | LookObstacle;

export class DeviceEngineError extends Error {
  override readonly name = 'DeviceEngineError';
  readonly code: DeviceFailure;

  constructor(code: DeviceFailure, detail: string = code) {
    super(detail);
    this.code = code;
  }
}

/** Whether and how large this device can paint. Samples stand in for previews where it cannot. */
export type DeviceSupport =
  | { readonly can: true; readonly stageSide: 512 | 768 }
  | { readonly can: false; readonly why: 'oldBrowser' | 'saveData' | 'littleMemory' };

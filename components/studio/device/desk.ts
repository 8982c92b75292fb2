import type {
  DeviceEngine,
  DeviceFailure,
  DeviceLook,
  DeviceSupport,
} from '#lib/styles/browser/device-view.ts';
import { DeviceEngineError } from '#lib/styles/browser/device-view.ts';
import type { StyleName } from '#lib/styles/catalogue.ts';
import { type LookObstacle, lookObstacles } from '#lib/styles/paint/looks/order.ts';

/** A picture that was made on the device: its bytes, and an address to show it under. */
export type Shot = { readonly url: string; readonly blob: Blob };

/** What there is of one photo so far. */
export type PhotoShots = {
  readonly phase: 'opening' | 'open' | 'failed';
  readonly code: DeviceFailure | null;
  /** The photo as it is, at the size of the stage. */
  readonly original: Shot | null;
  readonly thumbs: Readonly<Partial<Record<string, Shot>>>;
  /** By the look's name. */
  readonly stages: Readonly<Partial<Record<string, Shot>>>;
  /** By the look's name: what this photo lacks for it. */
  readonly obstacles: Readonly<Partial<Record<string, LookObstacle>>>;
  /** How many small pictures are still to come. */
  readonly waiting: number;
};

const blank: PhotoShots = {
  phase: 'opening',
  code: null,
  original: null,
  thumbs: {},
  stages: {},
  obstacles: {},
  waiting: 0,
};

type Opened = { readonly id: Promise<string | null>; readonly asked: Set<string> };

/**
 * What the engine made of which photo, for the life of the page: nothing is painted twice. One desk serves the whole
 * page; components that show a part of it subscribe.
 */
export function createDesk(
  engine: () => Promise<DeviceEngine>,
  support: DeviceSupport & { can: true },
  mark: string,
) {
  const shots = new Map<string, PhotoShots>();
  const opened = new Map<string, Opened>();
  const listeners = new Set<() => void>();

  const set = (key: string, next: (now: PhotoShots) => Partial<PhotoShots>) => {
    if (!opened.has(key)) return;
    const now = shots.get(key) ?? blank;
    shots.set(key, { ...now, ...next(now) });
    for (const listener of listeners) listener();
  };
  const toShot = (blob: Blob): Shot => ({ blob, url: URL.createObjectURL(blob) });
  const codeOf = (error: unknown): DeviceFailure =>
    error instanceof DeviceEngineError ? error.code : 'crashed';

  async function openNow(key: string, read: () => Promise<Blob | null>): Promise<string | null> {
    try {
      const blob = await read();
      if (!blob) throw new DeviceEngineError('undecodable', 'the bytes are gone');
      const device = await engine();
      const photo = await device.openPhoto(blob, { priority: 'now' });
      set(key, () => ({ phase: 'open' }));
      const small = await device.shrink(photo.id, {
        longest: support.stageSide,
        quality: 0.85,
        priority: 'now',
      });
      set(key, () => ({ original: toShot(small.blob) }));
      return photo.id;
    } catch (error) {
      set(key, () => ({ phase: 'failed', code: codeOf(error) }));
      return null;
    }
  }

  /** Runs a job on an opened photo once; a failure is tried again when it is asked for again. */
  async function once(key: string, what: string, job: (device: DeviceEngine, id: string) => Promise<void>) {
    const photo = opened.get(key);
    if (!photo || photo.asked.has(what)) return;
    photo.asked.add(what);
    try {
      const id = await photo.id;
      if (id === null) return;
      await job(await engine(), id);
    } catch {
      photo.asked.delete(what);
    }
  }

  return {
    subscribe(listener: () => void) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    of: (key: string): PhotoShots | null => shots.get(key) ?? null,

    /** Opens a photo, as often as it is asked once. */
    open(key: string, read: () => Promise<Blob | null>) {
      if (opened.has(key)) return;
      const asked = new Set<string>();
      const { promise: id, resolve } = Promise.withResolvers<string | null>();
      opened.set(key, { id, asked });
      set(key, () => ({}));
      void openNow(key, read).then(resolve);
    },

    /** The styles, small, in this order. */
    paintThumbs(key: string, styles: readonly StyleName[]) {
      for (const style of styles) {
        void once(key, `thumb ${style}`, async (device, id) => {
          set(key, ({ waiting }) => ({ waiting: waiting + 1 }));
          try {
            const { blob } = await device.thumbnail(id, style);
            set(key, ({ thumbs }) => ({ thumbs: { ...thumbs, [style]: toShot(blob) } }));
          } finally {
            set(key, ({ waiting }) => ({ waiting: waiting - 1 }));
          }
        });
      }
    },

    /** A look, large. `isAhead`: nobody looks at it yet. */
    paintStage(key: string, name: string, look: DeviceLook, isAhead = false) {
      void once(key, `stage ${name}`, async (device, id) => {
        const priority = isAhead ? 'later' : 'now';
        try {
          const { blob } = await device.stage(id, look, { side: support.stageSide, mark, priority });
          set(key, ({ stages }) => ({ stages: { ...stages, [name]: toShot(blob) } }));
        } catch (error) {
          const obstacle = lookObstacles.find((one) => one === codeOf(error));
          if (!obstacle) throw error;
          // The photo does not change: asking again would only look at it again.
          set(key, ({ obstacles }) => ({ obstacles: { ...obstacles, [name]: obstacle } }));
        }
      });
    },

    close(key: string) {
      const photo = opened.get(key);
      const was = shots.get(key);
      opened.delete(key);
      shots.delete(key);
      for (const shot of [
        was?.original,
        ...Object.values({ ...was?.thumbs }),
        ...Object.values({ ...was?.stages }),
      ]) {
        if (shot) URL.revokeObjectURL(shot.url);
      }
      void photo?.id
        .then(async (id) => id !== null && (await engine()).closePhoto(id))
        .catch(() => undefined);
      for (const listener of listeners) listener();
    },
  };
}

export type Desk = ReturnType<typeof createDesk>;

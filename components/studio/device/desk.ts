import { judgePhoto } from '#lib/conversions/photo-check/judge-photo.ts';
import type { LookRegion } from '#lib/gallery/look/kinds.ts';
import type {
  DeviceEngine,
  DeviceFailure,
  DeviceLook,
  DeviceParts,
  DevicePicture,
  DeviceSupport,
} from '#lib/styles/browser/device-view.ts';
import { DeviceEngineError } from '#lib/styles/browser/device-view.ts';
import { type StyleName, styles } from '#lib/styles/catalogue.ts';
import { type LookObstacle, lookObstacles, type WornOrder } from '#lib/styles/paint/looks/order.ts';

/** A photo looked at on this device. */
type PhotoAdvised = ReturnType<typeof judgePhoto>;

/** A picture that was made on the device: its bytes, and an address to show it under. */
export type Shot = { readonly url: string; readonly blob: Blob };

/** A large picture, or what stood in its way: of the look as it was chosen then. */
type StageShot = Shot & { readonly variant: string };

/** What a look would change in a photo; the mask is in its picture's alpha. */
export type PartsShot = Omit<DeviceParts, 'mask'> & { readonly variant: string; readonly mask: Shot | null };

/** What there is of one photo so far. */
export type PhotoShots = {
  readonly phase: 'opening' | 'open' | 'failed';
  readonly code: DeviceFailure | null;
  /** The photo as it is, at the size of the stage. */
  readonly original: Shot | null;
  readonly thumbs: Readonly<Partial<Record<string, Shot>>>;
  /** By the look's name. */
  readonly stages: Readonly<Partial<Record<string, StageShot>>>;
  /** By the look's name: what this photo lacks for it. */
  readonly obstacles: Readonly<Partial<Record<string, { variant: string; obstacle: LookObstacle }>>>;
  /** By the kind of look. */
  readonly parts: Readonly<Partial<Record<string, PartsShot>>>;
  /** What there is to say of the photo, as the server would say it of a kept one; null while it is not known. */
  readonly check: PhotoAdvised | null;
  /** How many small pictures are still to come. */
  readonly waiting: number;
};

/** A look as it is chosen now: its name, what tells this choice from others, and what the engine is asked for. */
export type StagedLook = {
  readonly name: string;
  /** Of what it is worn on, */
  readonly variant: string;
  /** and of all that can be seen of it. */
  readonly shown: string;
  /** Lines laid small into it. */
  readonly mark: readonly string[];
  readonly device: DeviceLook;
};

const needsPerson = (name: StyleName) => styles.some((style) => style.name === name && style.needsPerson);

const blank: PhotoShots = {
  phase: 'opening',
  code: null,
  original: null,
  thumbs: {},
  stages: {},
  obstacles: {},
  parts: {},
  check: null,
  waiting: 0,
};

type Opened = {
  readonly id: Promise<string | null>;
  readonly asked: Set<string>;
  /** By the name of what changes as somebody chooses: which of it was asked for last. */
  readonly latest: Map<string, { variant: string; stop: AbortController }>;
};

/**
 * What the engine made of which photo, for the life of the page: nothing is painted twice. One desk serves the whole
 * page; components that show a part of it subscribe.
 */
export function createDesk(engine: () => Promise<DeviceEngine>, support: DeviceSupport & { can: true }) {
  const shots = new Map<string, PhotoShots>();
  const opened = new Map<string, Opened>();
  const listeners = new Set<() => void>();
  const cards = new Map<string, readonly string[]>();

  const set = (key: string, next: (now: PhotoShots) => Partial<PhotoShots>) => {
    if (!opened.has(key)) return;
    const now = shots.get(key) ?? blank;
    shots.set(key, { ...now, ...next(now) });
    for (const listener of listeners) listener();
  };
  const letGo = (shot: Shot | null | undefined) => shot && URL.revokeObjectURL(shot.url);
  const toShot = (blob: Blob): Shot => ({ blob, url: URL.createObjectURL(blob) });
  const codeOf = (error: unknown): DeviceFailure =>
    error instanceof DeviceEngineError ? error.code : 'crashed';

  /** The engine began it twice and died of it: what is still missing does not come, and samples say so. */
  const giveUpOn = (key: string, error: unknown) => {
    if (codeOf(error) === 'crashed') set(key, () => ({ phase: 'failed', code: 'crashed' }));
  };

  async function openNow(key: string, read: () => Promise<Blob | null>): Promise<string | null> {
    try {
      const blob = await read();
      if (!blob) throw new DeviceEngineError('undecodable', 'the bytes are gone');
      const device = await engine();
      const photo = await device.openPhoto(blob, { shownSide: support.stageSide });
      set(key, () => ({ phase: 'open', original: photo.shown && toShot(photo.shown) }));
      // Last in the line: what is looked at comes first.
      void device
        .measure(photo.id)
        .then((measures) => set(key, () => ({ check: judgePhoto(measures, photo) })))
        .catch(() => undefined);
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
    } catch (error) {
      photo.asked.delete(what);
      giveUpOn(key, error);
    }
  }

  /**
   * The same for what changes as somebody chooses: what was asked for last is shown, and what comes too late is thrown
   * away. `job` puts what it made in place.
   */
  async function latest<Made>(
    key: string,
    what: string,
    variant: string,
    job: (device: DeviceEngine, id: string, signal: AbortSignal) => Promise<Made>,
    put: (made: Made) => void,
  ) {
    const photo = opened.get(key);
    const before = photo?.latest.get(what);
    if (!photo || before?.variant === variant) return;
    before?.stop.abort();
    const mine = { variant, stop: new AbortController() };
    photo.latest.set(what, mine);
    try {
      const id = await photo.id;
      if (id === null) return;
      const made = await job(await engine(), id, mine.stop.signal);
      if (photo.latest.get(what) === mine) put(made);
    } catch (error) {
      if (photo.latest.get(what) === mine) photo.latest.delete(what);
      giveUpOn(key, error);
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
      opened.set(key, { id, asked, latest: new Map() });
      set(key, () => ({}));
      void openNow(key, read).then(resolve);
    },

    /** The styles, small, in this order. */
    paintThumbs(key: string, styles: readonly StyleName[]) {
      for (const style of styles) {
        if (opened.get(key)?.asked.has(`thumb ${style}`)) continue;
        // Counted when asked for: a photo that has just been opened has all of them before it.
        set(key, ({ waiting }) => ({ waiting: waiting + 1 }));
        void once(key, `thumb ${style}`, async (device, id) => {
          const show = ({ blob }: DevicePicture) => {
            const before = shots.get(key)?.thumbs[style];
            set(key, ({ thumbs }) => ({ thumbs: { ...thumbs, [style]: toShot(blob) } }));
            letGo(before);
          };
          // Without knowing who is in the photo, a style that needs somebody would show what will not come.
          show(await device.thumbnail(id, style, needsPerson(style) ? {} : { onSketch: show }));
        }).finally(() => set(key, ({ waiting }) => ({ waiting: waiting - 1 })));
      }
    },

    /** A look, large, as it is chosen now. `isAhead`: nobody looks at it yet. */
    paintStage(key: string, { name, variant, shown, mark, device: look }: StagedLook, isAhead = false) {
      const priority = isAhead ? 'later' : 'now';
      void latest(
        key,
        `stage ${name}`,
        shown,
        async (device, id, signal) => {
          try {
            return await device.stage(id, look, { side: support.stageSide, mark, priority, signal });
          } catch (error) {
            const obstacle = lookObstacles.find((one) => one === codeOf(error));
            if (obstacle) return obstacle;
            throw error;
          }
        },
        (made) => {
          if (typeof made === 'string')
            // The photo does not change: asking again for the same would only look at it again.
            set(key, ({ obstacles }) => ({
              obstacles: { ...obstacles, [name]: { variant, obstacle: made } },
            }));
          else {
            const before = shots.get(key)?.stages[name];
            set(key, ({ stages, obstacles: { [name]: _gone, ...obstacles } }) => ({
              stages: { ...stages, [name]: { ...toShot(made.blob), variant: shown } },
              obstacles,
            }));
            letGo(before);
          }
        },
      );
    },

    /** What a look of this kind would change. */
    readParts(key: string, order: Pick<WornOrder, 'kind' | 'taps'>, variant: string) {
      const { kind } = order;
      void latest(
        key,
        `parts ${kind}`,
        variant,
        (device, id) => device.parts(id, order),
        ({ mask, ...parts }) => {
          const before = shots.get(key)?.parts[kind]?.mask;
          const shot = { ...parts, variant, mask: mask ? toShot(mask) : null };
          set(key, (now) => ({ parts: { ...now.parts, [kind]: shot } }));
          letGo(before);
        },
      );
    },

    cardOf: (name: string): readonly string[] | null => cards.get(name) ?? null,
    /** The shades of a gallery's card, looked at once. */
    studyCard(name: string, url: string, region: LookRegion | null) {
      if (cards.has(name)) return;
      cards.set(name, []);
      void engine()
        .then((device) => device.study(url, region))
        .then(({ shades }) => {
          cards.set(name, shades);
          for (const listener of listeners) listener();
        })
        .catch(() => cards.delete(name));
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
        ...Object.values({ ...was?.parts }).map((parts) => parts?.mask),
      ]) {
        letGo(shot);
      }
      void photo?.id
        .then(async (id) => id !== null && (await engine()).closePhoto(id))
        .catch(() => undefined);
      for (const listener of listeners) listener();
    },
  };
}

export type Desk = ReturnType<typeof createDesk>;

import {
  type DeviceEngine,
  DeviceEngineError,
  type DeviceFailure,
  type DevicePicture,
  type JobOptions,
} from './device-view.ts';
import { createLine } from './job-line.ts';
import { readSupport } from './read-support.ts';
import type { WorkerJob, WorkerReply, WorkerValue } from './worker-messages.ts';

/** No photo and no phone needs so long for one job; a worker that was killed silently is found out by it. */
const patienceMs = 90_000;
/** How often a worker that died is started anew before the page does without. */
const mostDeaths = 2;
const thumbnailSide = 400;

type Waiting = {
  readonly job: WorkerJob;
  readonly options: JobOptions;
  readonly resolve: (value: WorkerValue) => void;
  readonly reject: (error: DeviceEngineError) => void;
  /** Its worker died over it once, and another has begun it anew. */
  isSecond?: boolean;
};

type Options = { readonly startWorker?: () => Worker; readonly patienceMs?: number };

const startOurs = () =>
  new Worker(new URL('./worker.ts', import.meta.url), { type: 'module', name: 'engine' });

/** Whether a job can be done by a worker that has no networks yet. */
const isPlain = ({ kind }: WorkerJob) => kind === 'open' || kind === 'sketch';

/** An engine with a worker of its own; pages use the shared one of {@link deviceEngine}. */
export function createDeviceEngine(options: Options = {}): DeviceEngine {
  const { startWorker = startOurs, patienceMs: patience = patienceMs } = options;
  const line = createLine<Waiting>();
  /** Every photo that is open, to be opened again in a worker that follows one that died. */
  const photos = new Map<string, Blob>();
  let opened = new Set<string>();
  let worker: Worker | null = null;
  let isReady = false;
  let hasNetworks = false;
  let current: Waiting | null = null;
  let watch: ReturnType<typeof setTimeout> | undefined;
  let networksWatch: ReturnType<typeof setTimeout> | undefined;
  let deaths = 0;
  let count = 0;

  const stop = () => {
    clearTimeout(watch);
    clearTimeout(networksWatch);
    worker?.terminate();
    worker = null;
    isReady = false;
    hasNetworks = false;
    opened = new Set();
  };
  const die = (detail: string) => {
    // A script that never ran did not come over the line; that says nothing about this device.
    const code: DeviceFailure = isReady ? 'crashed' : 'network';
    if (isReady) deaths += 1;
    const lost = current;
    current = null;
    stop();
    const isOver = deaths > mostDeaths || code === 'network';
    // What it was at is begun anew, once: it need not be what killed it.
    if (lost && !isOver && !lost.isSecond) {
      lost.isSecond = true;
      line.add(lost, 'now');
    } else lost?.reject(new DeviceEngineError(code, detail));
    if (isOver) for (const one of line.empty()) one.reject(new DeviceEngineError(code, detail));
    turn();
  };
  /** What waits for the networks is begun; what was only to be seen until then is not. */
  const goOn = () => {
    clearTimeout(networksWatch);
    hasNetworks = true;
    for (const one of line.empty((job) => job.job.kind === 'sketch'))
      one.reject(new DeviceEngineError('cancelled'));
    turn();
  };
  const take = (reply: WorkerReply) => {
    if (reply.kind === 'networks') {
      goOn();
      return;
    }
    if (reply.kind === 'ready') {
      isReady = true;
      return;
    }
    if (reply.kind === 'step') {
      current?.options.onStep?.(reply.step);
      return;
    }
    clearTimeout(watch);
    const ended = current;
    current = null;
    if (reply.kind === 'failed') ended?.reject(new DeviceEngineError(reply.code, reply.detail));
    else {
      if (ended?.job.kind === 'open') opened.add(ended.job.id);
      ended?.resolve(reply.value);
    }
    turn();
  };
  const running = (): Worker => {
    if (worker) return worker;
    const started = startWorker();
    started.onmessage = ({ data }: MessageEvent<WorkerReply>) => {
      if (started === worker) take(data);
    };
    started.onerror = (event) => {
      if (started === worker) die(event.message || 'the worker did not start');
    };
    worker = started;
    // Networks that do not come are asked for by the job that needs them, which tells why.
    networksWatch = setTimeout(goOn, patience);
    return started;
  };
  const begin = (next: Waiting) => {
    current = next;
    if (!isReady) next.options.onStep?.('fetch');
    watch = setTimeout(() => die('the worker does not answer'), patience);
    running().postMessage(next.job);
  };
  /** Begins the next job, after opening its photo again in a worker that does not know it. */
  const turn = () => {
    if (current) return;
    const next = line.next(({ job: one }) => hasNetworks || isPlain(one));
    if (!next) {
      // What waits for the networks waits for a worker that brings them.
      if (!line.isEmpty()) running();
      return;
    }
    const { job } = next;
    const needs = 'id' in job && job.kind !== 'open' ? job.id : null;
    const blob = needs && !opened.has(needs) ? photos.get(needs) : undefined;
    if (!needs || !blob) {
      begin(next);
      return;
    }
    const failed = (error: DeviceEngineError) => {
      line.remove(next);
      next.reject(error);
    };
    line.add(next, 'now');
    begin({ job: { kind: 'open', id: needs, blob }, options: {}, resolve: () => {}, reject: failed });
  };
  const ask = (job: WorkerJob, jobOptions: JobOptions, priority: JobOptions['priority']) =>
    new Promise<WorkerValue>((resolve, reject) => {
      const { signal } = jobOptions;
      const cancelled = () => reject(new DeviceEngineError('cancelled'));
      if (signal?.aborted) return cancelled();
      if (deaths > mostDeaths) return reject(new DeviceEngineError('crashed'));
      const waiting: Waiting = { job, options: jobOptions, resolve, reject };
      signal?.addEventListener(
        'abort',
        () => {
          line.remove(waiting);
          cancelled();
        },
        { once: true },
      );
      line.add(waiting, jobOptions.priority ?? priority ?? 'soon');
      turn();
    });
  const picture = async (asked: Promise<WorkerValue>): Promise<DevicePicture> => {
    const { blob, width, height } = await asked;
    if (!blob) throw new DeviceEngineError('crashed', 'no picture came');
    return { blob, width, height };
  };

  return {
    warm: () => void running(),
    async openPhoto(blob, { shownSide, ...rest } = {}) {
      count += 1;
      const id = `photo-${count}`;
      const job = { kind: 'open', id, blob, ...(shownSide ? { shownSide } : {}) } as const;
      const { width, height, blob: shown = null } = await ask(job, rest, 'now');
      photos.set(id, blob);
      return { id, width, height, shown };
    },
    closePhoto(id) {
      photos.delete(id);
      opened.delete(id);
      worker?.postMessage({ kind: 'close', id });
    },
    thumbnail(id, style, { side = thumbnailSide, type = 'image/jpeg', onSketch, ...rest } = {}) {
      if (onSketch && !hasNetworks) {
        const sketch = picture(ask({ kind: 'sketch', id, style, side, type }, rest, 'soon'));
        sketch.then(onSketch, () => undefined);
      }
      return picture(ask({ kind: 'paint', id, look: { style }, side, type }, rest, 'soon'));
    },
    stage(id, look, { side, type = 'image/jpeg', mark, ...rest } = {}) {
      const support = readSupport();
      const large = side ?? (support.can ? support.stageSide : 512);
      return picture(ask({ kind: 'paint', id, look, side: large, type, mark }, rest, 'now'));
    },
    async parts(id, order, rest = {}) {
      const { parts, blob = null } = await ask({ kind: 'parts', id, order }, rest, 'soon');
      if (!parts) throw new DeviceEngineError('crashed', 'no parts came');
      return { ...parts, mask: blob };
    },
    async measure(id, rest = {}) {
      const { measures } = await ask({ kind: 'measure', id }, rest, 'later');
      if (!measures) throw new DeviceEngineError('crashed', 'no measures came');
      return measures;
    },
    async study(url, region, rest = {}) {
      const { facts } = await ask({ kind: 'study', url, region }, rest, 'later');
      if (!facts) throw new DeviceEngineError('crashed', 'no facts came');
      return facts;
    },
    close() {
      photos.clear();
      const lost = [...(current ? [current] : []), ...line.empty()];
      current = null;
      stop();
      for (const one of lost) one.reject(new DeviceEngineError('cancelled'));
    },
  };
}

let shared: DeviceEngine | undefined;

/** The one engine of this page, also across soft navigation. Making it fetches nothing. */
export function deviceEngine(): DeviceEngine {
  shared ??= createDeviceEngine();
  return shared;
}

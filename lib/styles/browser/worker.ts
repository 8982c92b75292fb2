import { createDevicePainter } from './device-painter.ts';
import { DeviceEngineError } from './device-view.ts';
import { encodeMask, encodePicture } from './encode-pixels.ts';
import { deviceModels } from './models.ts';
import type { WorkerJob, WorkerNotice, WorkerReply, WorkerValue } from './worker-messages.ts';

/** Runs in a browser's worker: does one job at a time and tells how it goes. */
const models = deviceModels();
const painter = createDevicePainter(models);

const say = (reply: WorkerReply) => postMessage(reply);

async function work(job: WorkerJob): Promise<WorkerValue> {
  const tell = (step: Extract<WorkerReply, { kind: 'step' }>['step']) => say({ kind: 'step', step });
  if (job.kind === 'open') {
    const size = await painter.open(job.id, job.blob, tell);
    if (!job.shownSide) return size;
    const shown = await encodePicture(painter.photo(job.id, job.shownSide), { type: 'image/jpeg' });
    return { ...size, blob: shown.blob };
  }
  if (job.kind === 'sketch') return encodePicture(await painter.sketch(job.id, job.style, job.side), job);
  if (job.kind === 'study') return { width: 0, height: 0, facts: await painter.study(job.url, job.region) };
  if (job.kind === 'measure') return { width: 0, height: 0, measures: await painter.measure(job.id) };
  if (job.kind === 'parts') {
    const { mask, ...parts } = await painter.parts(job.id, job.order);
    return { width: 0, height: 0, ...(mask ? await encodeMask(mask) : {}), parts };
  }
  return encodePicture(await painter.paint(job.id, job.look, job.side, tell), job);
}

const weights = models.fetchWeights();

/** So long without a job, and nothing can be painted that needs no networks. */
const idleMs = 250;

let idle: ReturnType<typeof setTimeout> | undefined;
let isSentFor = false;

/**
 * Code that is sent for from here stops this thread until it has come. So it is sent for when nothing is left to be
 * painted without it, or when the weights show that it comes at once.
 */
async function fetchNetworks() {
  if (isSentFor) return;
  isSentFor = true;
  clearTimeout(idle);
  await models.fetchCode();
  await weights;
  say({ kind: 'networks' });
  await painter.fetch();
}

void weights.then(fetchNetworks);

addEventListener('message', async ({ data }: MessageEvent<WorkerJob | WorkerNotice>) => {
  clearTimeout(idle);
  if (data.kind === 'close') {
    painter.close(data.id);
    return;
  }
  try {
    say({ kind: 'done', value: await work(data) });
  } catch (error) {
    const code = error instanceof DeviceEngineError ? error.code : 'crashed';
    say({ kind: 'failed', code, detail: String(error) });
  }
  idle = setTimeout(fetchNetworks, idleMs);
});

say({ kind: 'ready' });

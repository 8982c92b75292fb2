import { setThreadsCount, setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import { env, ready, setBackend } from '@tensorflow/tfjs-core';
import blazefaceBack from '../models/blazeface-back.json' with { type: 'json' };
import selfie from '../models/selfie.json' with { type: 'json' };
import { setFastKernels } from '../paint/kernels/fast.ts';
import type { ModelName, Models, PartsNetwork } from '../paint/people/models.ts';
import { createModels, type ModelJson } from '../paint/people/run-models.ts';
import { partsModelPath } from '../parts-model/path.ts';
import { startKernels } from '../wasm/start-kernels.ts';
import { DeviceEngineError } from './device-view.ts';

/** Files of ours whose names change with what is in them, so browsers keep them for ever. */
const addresses = {
  wasm: new URL('@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm', import.meta.url).href,
  selfie: new URL('../models/selfie.bin.gz', import.meta.url).href,
  'blazeface-back': new URL('../models/blazeface-back.bin.gz', import.meta.url).href,
  facemesh: new URL('../models/facemesh.bin.gz', import.meta.url).href,
};
/** The mesh is a megabyte that only looks to wear need: it comes when it is first asked for. */
const graphs: Record<ModelName, () => Promise<unknown>> = {
  selfie: async () => selfie,
  'blazeface-back': async () => blazefaceBack,
  facemesh: async () => (await import('../models/facemesh.json', { with: { type: 'json' } })).default,
};

async function fetchWeights(name: ModelName): Promise<Uint8Array> {
  try {
    const answer = await fetch(addresses[name]);
    if (!answer.ok || !answer.body) throw new Error(`${answer.status}`);
    const unpacked = answer.body.pipeThrough(new DecompressionStream('gzip'));
    return new Uint8Array(await new Response(unpacked).arrayBuffer());
  } catch (error) {
    throw new DeviceEngineError('network', `${name}: ${String(error)}`);
  }
}

/** The operator's parts network, where there is one and browsers are given it; without it our own means do. */
async function openParts(): Promise<PartsNetwork | null> {
  try {
    const answer = await fetch(partsModelPath);
    if (!answer.ok || answer.status === 204) return null;
    const bytes = new Uint8Array(await answer.arrayBuffer());
    return await (await import('./parts-network.ts')).openDeviceNetwork(bytes);
  } catch {
    // A slow line, a runtime that does not start: parts are only shown here, and the server's own network makes the result.
    return null;
  }
}

async function startTensors(): Promise<void> {
  // One processor thread: more would need a page that is isolated from every other site.
  env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
  setThreadsCount(1);
  // The backend wants a place for every variant and takes the one with vector instructions, which readSupport() asks for.
  setWasmPaths({
    'tfjs-backend-wasm.wasm': addresses.wasm,
    'tfjs-backend-wasm-simd.wasm': addresses.wasm,
    'tfjs-backend-wasm-threaded-simd.wasm': addresses.wasm,
  });
  if (!(await setBackend('wasm'))) throw new DeviceEngineError('network', 'WebAssembly did not start');
  await ready();
}

/** Keeps what comes of work that may be tried again when it failed. */
function once<T>(work: () => Promise<T>): () => Promise<T> {
  let known: Promise<T> | undefined;
  return () => {
    known ??= work().catch((error) => {
      known = undefined;
      throw error;
    });
    return known;
  };
}

/** The networks in a browser's worker, and the compiled kernels with them. What every look needs is sent for at once, beside the decoding of the first photo. */
export function deviceModels(): Models {
  setFastKernels(startKernels());
  const start = once(startTensors);
  const weights: Record<ModelName, () => Promise<Uint8Array>> = {
    selfie: once(() => fetchWeights('selfie')),
    'blazeface-back': once(() => fetchWeights('blazeface-back')),
    facemesh: once(() => fetchWeights('facemesh')),
  };
  for (const early of [start, weights.selfie, weights['blazeface-back']]) early().catch(() => {});
  return createModels({
    start,
    load: async (name) => {
      const [json, bytes] = await Promise.all([graphs[name](), weights[name]()]);
      return { json: json as ModelJson, weights: bytes };
    },
    openParts,
  });
}

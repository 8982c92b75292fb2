import { setThreadsCount, setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import { env, ready, setBackend } from '@tensorflow/tfjs-core';
import blazefaceBack from '../models/blazeface-back.json' with { type: 'json' };
import selfie from '../models/selfie.json' with { type: 'json' };
import type { ModelName, Models, PartsNetwork } from '../paint/people/models.ts';
import { createModels, type ModelJson } from '../paint/people/run-models.ts';
import { partsModelPath } from '../parts-model/path.ts';
import { DeviceEngineError } from './device-view.ts';

const wasm = new URL('@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm', import.meta.url).href;
/** The mesh is a megabyte that only looks to wear need: it comes when it is first asked for. */
const graphs: Record<ModelName, () => Promise<unknown>> = {
  selfie: async () => selfie,
  'blazeface-back': async () => blazefaceBack,
  facemesh: async () => (await import('../models/facemesh.json', { with: { type: 'json' } })).default,
};

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
    'tfjs-backend-wasm.wasm': wasm,
    'tfjs-backend-wasm-simd.wasm': wasm,
    'tfjs-backend-wasm-threaded-simd.wasm': wasm,
  });
  if (!(await setBackend('wasm'))) throw new DeviceEngineError('network', 'WebAssembly did not start');
  await ready();
}

/** The networks themselves, on weights that are on their way. */
export async function openNetworks(weights: (name: ModelName) => Promise<Uint8Array>): Promise<Models> {
  await startTensors();
  return createModels({
    start: async () => undefined,
    load: async (name) => {
      const [json, bytes] = await Promise.all([graphs[name](), weights(name)]);
      return { json: json as ModelJson, weights: bytes };
    },
    openParts,
  });
}

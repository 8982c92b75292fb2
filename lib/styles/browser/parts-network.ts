import { env, InferenceSession, Tensor } from 'onnxruntime-web/wasm';
import type { PartsNetwork } from '../paint/people/models.ts';
import { openPartsNetwork } from '../parts-model/open-network.ts';

/** The operator's parts network in a browser's worker. The runtime comes with this file: 3.7 MB that are fetched only for such a network. */
export function openDeviceNetwork(bytes: Uint8Array): Promise<PartsNetwork> {
  env.wasm.numThreads = 1;
  env.wasm.wasmPaths = {
    wasm: new URL('onnxruntime-web/ort-wasm-simd-threaded.wasm', import.meta.url).href,
  };
  env.logLevel = 'error';
  return openPartsNetwork({ InferenceSession, Tensor }, bytes);
}

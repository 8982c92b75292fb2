import type { PartsModelSettings } from '#lib/core/env/parts-env.ts';
import type { PartsNetwork } from '../paint/people/models.ts';
import { openPartsNetwork, PartsModelError } from './open-network.ts';
import { readPartsModel } from './read-file.ts';

/**
 * The operator's parts network on this thread. The runtime, 14 MB of WebAssembly, is loaded here and nowhere else. Throws
 * {@link PartsModelError}, which names the file.
 */
export async function openNodeNetwork(settings: PartsModelSettings): Promise<PartsNetwork> {
  const bytes = await readPartsModel(settings);
  const runtime = await import('onnxruntime-web');
  runtime.env.wasm.numThreads = 1;
  runtime.env.logLevel = 'error';
  try {
    return await openPartsNetwork(runtime, bytes);
  } catch (error) {
    throw error instanceof PartsModelError
      ? new PartsModelError(`PARTS_MODEL ${settings.file}: ${error.message}`)
      : error;
  }
}

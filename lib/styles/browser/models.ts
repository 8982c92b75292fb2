import type { ModelName, Models } from '../paint/people/models.ts';
import { DeviceEngineError } from './device-view.ts';
import { once } from './once.ts';

/** Files of ours whose names change with what is in them, so browsers keep them for ever. */
const addresses: Record<ModelName, string> = {
  selfie: new URL('../models/selfie.bin.gz', import.meta.url).href,
  'blazeface-back': new URL('../models/blazeface-back.bin.gz', import.meta.url).href,
  facemesh: new URL('../models/facemesh.bin.gz', import.meta.url).href,
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

/** The networks in a browser's worker: what runs them is most of the engine's bytes and comes beside the first photo. */
export type DeviceModels = Models & {
  /** Sends for the weights that every look needs; ends when they are there, or did not come, which the next call tries again. */
  fetchWeights(): Promise<void>;
  /** The same for the code, which stops this thread until it is there. */
  fetchCode(): Promise<void>;
};

export function deviceModels(): DeviceModels {
  const weights: Record<ModelName, () => Promise<Uint8Array>> = {
    selfie: once(() => fetchWeights('selfie')),
    'blazeface-back': once(() => fetchWeights('blazeface-back')),
    facemesh: once(() => fetchWeights('facemesh')),
  };
  const networks = once(async () => {
    try {
      const { openNetworks } = await import('./networks.ts');
      return await openNetworks((name) => weights[name]());
    } catch (error) {
      throw new DeviceEngineError('network', String(error));
    }
  });
  return {
    run: async (name, pixels) => (await networks()).run(name, pixels),
    parts: async (pixels) => (await networks()).parts(pixels),
    fetchWeights: async () =>
      void (await Promise.allSettled([weights.selfie(), weights['blazeface-back']()])),
    fetchCode: async () => void (await Promise.allSettled([networks()])),
  };
}

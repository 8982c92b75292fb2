import { type GraphModel, loadGraphModel } from '@tensorflow/tfjs-converter';
import { io, type Tensor, tensor4d } from '@tensorflow/tfjs-core';
import { type ModelName, type Models, meshInput, modelInput, type PartsNetwork } from './models.ts';

/**
 * A network as its two files hold it: the graph that the converter wrote, and the unpacked weights in one piece, with
 * the high bytes of all 16-bit words before all the low ones (so they pack better; see `scripts/make-models.ts`).
 */
type ModelFile = { readonly json: ModelJson; readonly weights: Uint8Array };
export type ModelJson = {
  readonly modelTopology: object;
  readonly weightsManifest: readonly { readonly weights: io.WeightsManifestEntry[] }[];
};

/** What painting needs of the place it runs in, a server's thread or a browser's worker, to run networks. */
export type ModelSource = {
  /** Chooses and starts what computes; called before every model, so it must remember that it has. */
  start(): Promise<void>;
  load(name: ModelName): Promise<ModelFile>;
  /** The operator's parts network where there is one; asked once, and again after it threw. */
  openParts?(): Promise<PartsNetwork | null>;
};

/** Networks from a source; each is loaded when it is first asked and kept. */
export function createModels(source: ModelSource): Models {
  const loaded = new Map<ModelName, Promise<GraphModel>>();
  let network: Promise<PartsNetwork | null> | undefined;
  const modelOf = (name: ModelName): Promise<GraphModel> => {
    const known = loaded.get(name);
    if (known) return known;
    const model = source.load(name).then(read);
    loaded.set(name, model);
    // A file that did not come over a bad line may come the next time.
    model.catch(() => loaded.delete(name));
    return model;
  };
  return {
    async run(name, pixels) {
      await source.start();
      const model = await modelOf(name);
      const side = name === 'facemesh' ? meshInput : modelInput;
      const input = tensor4d(pixels, [1, side, side, 3]);
      const answer = model.execute(input) as Tensor | Tensor[];
      const outputs = Array.isArray(answer) ? answer : [answer];
      const results = outputs.map((output) => ({
        shape: output.shape,
        values: Float32Array.from(output.dataSync()),
      }));
      for (const output of outputs) output.dispose();
      input.dispose();
      return results;
    },
    async parts(pixels) {
      if (!source.openParts) return null;
      network ??= source.openParts();
      network.catch(() => {
        network = undefined;
      });
      return (await network)?.(pixels) ?? null;
    },
  };
}

async function read({ json, weights }: ModelFile): Promise<GraphModel> {
  const artifacts: io.ModelArtifacts = {
    modelTopology: json.modelTopology,
    weightSpecs: json.weightsManifest.flatMap((group) => group.weights),
    weightData: joined(weights),
  };
  return loadGraphModel(io.fromMemory(artifacts));
}

/** Sixteen-bit words, little endian, from their high bytes and their low bytes. */
function joined(planes: Uint8Array): ArrayBuffer {
  const count = planes.length / 2;
  const words = new Uint8Array(planes.length);
  for (let i = 0; i < count; i++) {
    words[2 * i] = planes[count + i] as number;
    words[2 * i + 1] = planes[i] as number;
  }
  return words.buffer;
}

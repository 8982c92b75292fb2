import { readFile } from 'node:fs/promises';
import { type GraphModel, loadGraphModel } from '@tensorflow/tfjs-converter';
import { io, type Tensor, tensor4d } from '@tensorflow/tfjs-core';
import { startTensors } from '#lib/core/threads/tensor-backend.ts';

/** The two small networks we carry in the repository; see models/NOTICE.md. */
export type ModelName = 'selfie' | 'blazeface-back';

/** Both take a square of this many pixels. */
export const modelInput = 256;

const loaded = new Map<ModelName, Promise<GraphModel>>();

/** Runs a model on 256 x 256 x 3 values and gives each output's shape and numbers. */
export async function runModel(name: ModelName, pixels: Float32Array) {
  await startTensors();
  let model = loaded.get(name);
  if (!model) {
    model = load(name);
    loaded.set(name, model);
  }
  const input = tensor4d(pixels, [1, modelInput, modelInput, 3]);
  const answer = (await model).execute(input) as Tensor | Tensor[];
  const outputs = Array.isArray(answer) ? answer : [answer];
  const results = outputs.map((output) => ({
    shape: output.shape,
    values: Float32Array.from(output.dataSync()),
  }));
  for (const output of outputs) output.dispose();
  input.dispose();
  return results;
}

type ModelFile = {
  modelTopology: object;
  weightsManifest: { weights: io.WeightsManifestEntry[] }[];
};

async function load(name: ModelName): Promise<GraphModel> {
  const at = (ending: string) => new URL(`../models/${name}.${ending}`, import.meta.url);
  const [json, weights] = await Promise.all([readFile(at('json'), 'utf8'), readFile(at('bin'))]);
  const file = JSON.parse(json) as ModelFile;
  const artifacts: io.ModelArtifacts = {
    modelTopology: file.modelTopology,
    weightSpecs: file.weightsManifest.flatMap((group) => group.weights),
    weightData: Uint8Array.from(weights).buffer,
  };
  return loadGraphModel(io.fromMemory(artifacts));
}

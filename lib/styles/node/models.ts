import { readFile } from 'node:fs/promises';
import { gunzipSync } from 'node:zlib';
import { readPartsModelSettings } from '#lib/core/env/env.ts';
import { startTensors } from '#lib/core/threads/tensor-backend.ts';
import { createModels, type ModelJson } from '../paint/people/run-models.ts';
import './fast-kernels.ts';
import { rememberRuns } from './remember-runs.ts';

/** The networks on this thread, read from our own files. */
export const nodeModels = rememberRuns(
  createModels({
    start: startTensors,
    async load(name) {
      const at = (ending: string) => new URL(`../models/${name}.${ending}`, import.meta.url);
      const [json, weights] = await Promise.all([readFile(at('json'), 'utf8'), readFile(at('bin.gz'))]);
      return { json: JSON.parse(json) as ModelJson, weights: gunzipSync(weights) };
    },
    async openParts() {
      const settings = readPartsModelSettings(process.env);
      if (!settings) return null;
      const { openNodeNetwork } = await import('../parts-model/node-network.ts');
      return openNodeNetwork(settings);
    },
  }),
);

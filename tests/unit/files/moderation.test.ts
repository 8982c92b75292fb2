import { readFileSync } from 'node:fs';
import { zeros } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { startTensors } from '#lib/core/threads/tensor-backend.ts';
import { judgeScores } from '#lib/files/moderation/judge-scores.ts';
import { type LayerFile, loadLayers } from '#lib/files/moderation/layer-model.ts';
import { scorePicture } from '#lib/files/moderation/score-picture.ts';

const sample = (name: string) => readFileSync(new URL(`../../../public/samples/${name}`, import.meta.url));
const scores = (porn: number, hentai: number) => ({ drawing: 0, hentai, neutral: 0, porn, sexy: 0.9 });

describe('the network that looks at pictures', () => {
  // What TensorFlow.js’s own layers (tfjs-layers 4.22.0) answer for the same pixels.
  it.each([
    ['eileen-collins.png', [0.0328, 0.00115, 0.96569, 0.00027, 0.00009]],
    ['chelsea-cat.png', [0.00258, 0.00114, 0.92631, 0.06221, 0.00776]],
    ['rocket.jpg', [0.79121, 0.00002, 0.20877, 0, 0]],
  ] as const)('answers for %s as the original does', async (name, wanted) => {
    const { drawing, hentai, neutral, porn, sexy } = await scorePicture(sample(name));
    [drawing, hentai, neutral, porn, sexy].forEach((score, k) => {
      expect(Math.abs(score - (wanted[k] as number))).toBeLessThan(0.004);
    });
  });

  it.each(['oil', 'comic', 'popart', 'ink', 'watercolor', 'duotone'])(
    'has nothing against our own sample of %s',
    async (style) => {
      expect(judgeScores(await scorePicture(sample(`styles/${style}-640.webp`))).moderation).toBe('accepted');
    },
  );
});

describe('the verdict', () => {
  it('refuses above 0.7, lets a person look above 0.4, and ignores swimwear', () => {
    expect(judgeScores(scores(0.5, 0.21))).toMatchObject({ moderation: 'refused', reason: null });
    expect(judgeScores(scores(0.3, 0.35))).toMatchObject({ moderation: 'waiting', reason: 'uncertain' });
    expect(judgeScores(scores(0.41, 0))).toMatchObject({ moderation: 'waiting' });
    expect(judgeScores(scores(0.2, 0.2))).toMatchObject({ moderation: 'accepted', reason: null });
  });
});

describe('a network of layers', () => {
  beforeAll(startTensors);
  const layer = (class_name: string, name: string, from: string[], config = {}) => ({
    class_name,
    name,
    config,
    inbound_nodes: [from.map((one) => [one, 0, 0, {}] as [string, ...unknown[]])],
  });
  const file = (layers: object[], weights: object[] = []) =>
    ({
      modelTopology: { model_config: { config: { layers } } },
      weightsManifest: [{ weights }],
    }) as LayerFile;

  it('of a kind it does not know is refused when it is loaded', () => {
    expect(() => loadLayers(file([layer('LSTM', 'a', [])]), Buffer.alloc(0))).toThrow('LSTM');
  });

  it('with weights that do not fit is refused when it is loaded', () => {
    const weight = {
      name: 'd/kernel',
      shape: [2, 2],
      dtype: 'float32',
      quantization: { min: 0, scale: 1, dtype: 'uint8' },
    };
    const dense = file([layer('InputLayer', 'i', []), layer('Dense', 'd', ['i'])], [weight]);
    expect(() => loadLayers(dense, Buffer.alloc(3))).toThrow('too early');
    expect(() => loadLayers(dense, Buffer.alloc(5))).toThrow('more weights');
  });

  it('adds, cuts off and flattens as it is written', () => {
    const model = loadLayers(
      file([
        layer('InputLayer', 'i', []),
        layer('Add', 'a', ['i', 'i']),
        layer('ReLU', 'r', ['a'], { max_value: 6 }),
        layer('Flatten', 'f', ['r']),
      ]),
      Buffer.alloc(0),
    );
    expect([...model(zeros([1, 2, 2, 1]))]).toEqual([0, 0, 0, 0]);
  });
});

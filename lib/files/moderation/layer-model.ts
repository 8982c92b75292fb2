import {
  add,
  avgPool,
  batchNorm,
  clipByValue,
  conv2d,
  depthwiseConv2d,
  matMul,
  pad,
  relu,
  reshape,
  softmax,
  type Tensor,
  type Tensor1D,
  type Tensor2D,
  type Tensor4D,
  tensor,
  tidy,
} from '@tensorflow/tfjs-core';

/** One layer as Keras writes it down; of its settings only the ones that are read here. */
type Layer = {
  readonly name: string;
  readonly class_name: string;
  readonly config: {
    readonly strides?: [number, number];
    readonly padding?: 'valid' | 'same' | [[number, number], [number, number]];
    readonly pool_size?: [number, number];
    readonly epsilon?: number;
    readonly max_value?: number | null;
    readonly activation?: 'linear' | 'relu' | 'softmax';
    readonly use_bias?: boolean;
  };
  readonly inbound_nodes: readonly (readonly (readonly [string, ...unknown[]])[])[];
};

type WeightEntry = {
  readonly name: string;
  readonly shape: number[];
  readonly quantization?: { readonly min: number; readonly scale: number; readonly dtype: string };
};

/** The file that TensorFlow.js makes of a Keras model. */
export type LayerFile = {
  readonly modelTopology: {
    readonly model_config: { readonly config: { readonly layers: readonly Layer[] } };
  };
  readonly weightsManifest: readonly { readonly weights: readonly WeightEntry[] }[];
};

/** A network of layers, ready to run: from height x width x channels to one row of numbers. */
export type LayerModel = (input: Tensor4D) => Float32Array;

/**
 * Runs a Keras network of the few kinds of layers that image classifiers are made of, in the order in which they
 * are written down. Anything it does not know is an error when it is loaded, never a wrong answer.
 */
export function loadLayers(file: LayerFile, bytes: Buffer): LayerModel {
  const weights = readWeights(file, bytes);
  const layers = file.modelTopology.model_config.config.layers;
  for (const { class_name: kind, name } of layers)
    if (!(kind in kinds)) throw new Error(`Layer ${name} is a ${kind}, which is not known here`);
  const last = layers.at(-1);
  return (input) => {
    const answer = tidy(() => {
      const made = new Map<string, Tensor>();
      for (const layer of layers) {
        const from = (layer.inbound_nodes[0] ?? []).map(([name]) => {
          const found = made.get(name);
          if (!found) throw new Error(`Layer ${layer.name} comes before ${name}`);
          return found;
        });
        const run = kinds[layer.class_name as keyof typeof kinds];
        made.set(
          layer.name,
          run(from.length > 0 ? from : [input], layer, (part) => weightOf(weights, layer, part)),
        );
      }
      return made.get(last?.name ?? '') as Tensor;
    });
    const values = Float32Array.from(answer.dataSync());
    answer.dispose();
    return values;
  };
}

type Run = (from: Tensor[], layer: Layer, weight: (part: string) => Tensor) => Tensor;

const kinds = {
  InputLayer: ([x]) => x as Tensor,
  Dropout: ([x]) => x as Tensor,
  ZeroPadding2D: ([x], { config }) => {
    const [rows, columns] = config.padding as [[number, number], [number, number]];
    return pad(x as Tensor4D, [[0, 0], rows, columns, [0, 0]]);
  },
  Conv2D: ([x], { config }, weight) =>
    biased(
      conv2d(
        x as Tensor4D,
        weight('kernel') as Tensor4D,
        config.strides ?? [1, 1],
        paddingOf(config.padding),
      ),
      config.use_bias,
      weight,
    ),
  DepthwiseConv2D: ([x], { config }, weight) =>
    biased(
      depthwiseConv2d(
        x as Tensor4D,
        weight('depthwise_kernel') as Tensor4D,
        config.strides ?? [1, 1],
        paddingOf(config.padding),
      ),
      config.use_bias,
      weight,
    ),
  BatchNormalization: ([x], { config }, weight) =>
    batchNorm(
      x as Tensor4D,
      weight('moving_mean') as Tensor1D,
      weight('moving_variance') as Tensor1D,
      weight('beta') as Tensor1D,
      weight('gamma') as Tensor1D,
      config.epsilon ?? 1e-3,
    ),
  ReLU: ([x], { config }) =>
    typeof config.max_value === 'number' ? clipByValue(x as Tensor, 0, config.max_value) : relu(x as Tensor),
  Add: ([x, y]) => add(x as Tensor, y as Tensor),
  AveragePooling2D: ([x], { config }) =>
    avgPool(x as Tensor4D, config.pool_size ?? [2, 2], config.strides ?? [2, 2], paddingOf(config.padding)),
  Flatten: ([x]) => reshape(x as Tensor, [1, -1]),
  Dense: ([x], { config }, weight) => {
    const sum = add(matMul(x as Tensor2D, weight('kernel') as Tensor2D), weight('bias'));
    return config.activation === 'softmax' ? softmax(sum) : config.activation === 'relu' ? relu(sum) : sum;
  },
} satisfies Record<string, Run>;

function biased(sum: Tensor, useBias: boolean | undefined, weight: (part: string) => Tensor): Tensor {
  return useBias === false ? sum : add(sum, weight('bias'));
}

function paddingOf(padding: Layer['config']['padding']): 'valid' | 'same' {
  return padding === 'same' ? 'same' : 'valid';
}

function weightOf(weights: ReadonlyMap<string, Tensor>, layer: Layer, part: string): Tensor {
  const found = weights.get(`${layer.name}/${part}`);
  if (!found) throw new Error(`Layer ${layer.name} has no ${part}`);
  return found;
}

/** Numbers are kept as one byte each, with the range they stand for. */
function readWeights(file: LayerFile, bytes: Buffer): Map<string, Tensor> {
  const weights = new Map<string, Tensor>();
  let at = 0;
  for (const { name, shape, quantization } of file.weightsManifest.flatMap((group) => group.weights)) {
    if (quantization?.dtype !== 'uint8') throw new Error(`Weight ${name} is not kept in bytes`);
    const count = shape.reduce((product, side) => product * side, 1);
    const { min, scale } = quantization;
    const values = Float32Array.from(bytes.subarray(at, at + count), (byte) => byte * scale + min);
    if (values.length !== count) throw new Error('The weights end too early');
    weights.set(name, tensor(values, shape));
    at += count;
  }
  if (at !== bytes.length) throw new Error('There are more weights than the network has places for');
  return weights;
}

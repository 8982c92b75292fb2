import {
  add,
  avgPool,
  batchNorm,
  clipByValue,
  fused,
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
    readonly activation?: 'linear' | 'relu' | 'relu6' | 'softmax';
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
 * are written down. Anything it does not know is an error when it is loaded, never a wrong answer. What a layer has
 * made is let go as soon as the last layer that reads it is done: all of it together would be a hundred megabytes.
 */
export function loadLayers(file: LayerFile, bytes: Buffer): LayerModel {
  const { layers, weights } = foldNorms(
    file.modelTopology.model_config.config.layers,
    readWeights(file, bytes),
  );
  for (const { class_name: kind, name } of layers)
    if (!(kind in kinds)) throw new Error(`Layer ${name} is a ${kind}, which is not known here`);
  const tensors = new Map([...weights].map(([name, { values, shape }]) => [name, tensor(values, shape)]));
  const lastReader = new Map(layers.flatMap((layer) => sourcesOf(layer).map((name) => [name, layer.name])));
  const last = layers.at(-1)?.name ?? '';

  return (input) => {
    const made = new Map<string, Tensor>();
    try {
      for (const layer of layers) {
        const read = sourcesOf(layer).map((name) => {
          const found = made.get(name);
          if (!found) throw new Error(`Layer ${layer.name} comes before ${name}`);
          return found;
        });
        const from = read.length > 0 ? read : [input];
        const run: Run = kinds[layer.class_name as keyof typeof kinds];
        const weight = (part: string) => weightOf(tensors, layer, part);
        made.set(
          layer.name,
          tidy(() => {
            const answer = run(from, layer, weight);
            // What a layer only hands on is copied, so that every name owns its own.
            return from.includes(answer) ? answer.clone() : answer;
          }),
        );
        for (const name of sourcesOf(layer))
          if (lastReader.get(name) === layer.name) made.get(name)?.dispose();
      }
      return Float32Array.from((made.get(last) as Tensor).dataSync());
    } finally {
      for (const left of made.values()) left.dispose();
    }
  };
}

function sourcesOf(layer: Layer): string[] {
  return (layer.inbound_nodes[0] ?? []).map(([name]) => name);
}

type Weights = Map<string, { readonly values: Float32Array; readonly shape: number[] }>;

/**
 * A convolution whose answer is only scaled and shifted afterwards, and then cut off at 0 and 6, is one layer with
 * other weights: a third of the layers, and of the memory that passes through them.
 */
function foldNorms(layers: readonly Layer[], weights: Weights): { layers: Layer[]; weights: Weights } {
  const readers = Map.groupBy(
    layers.flatMap((layer) => sourcesOf(layer).map((name) => ({ name, layer }))),
    ({ name }) => name,
  );
  const onlyReader = (name: string, kind: string) => {
    const [first, ...others] = readers.get(name) ?? [];
    return others.length === 0 && first?.layer.class_name === kind ? first.layer : null;
  };
  const folded: Layer[] = [];
  const gone = new Set<string>();
  for (const layer of layers) {
    if (gone.has(layer.name)) continue;
    const part = kernelNames[layer.class_name];
    const norm =
      part && layer.config.use_bias === false ? onlyReader(layer.name, 'BatchNormalization') : null;
    if (!part || !norm) {
      folded.push(layer);
      continue;
    }
    const cut = onlyReader(norm.name, 'ReLU');
    const end = cut?.config.max_value === 6 ? cut : norm;
    for (const { name } of [norm, end]) gone.add(name);
    const kernel = weightOf(weights, layer, part);
    const [gamma, beta, mean, variance] = ['gamma', 'beta', 'moving_mean', 'moving_variance'].map(
      (name) => weightOf(weights, norm, name).values,
    ) as [Float32Array, Float32Array, Float32Array, Float32Array];
    const scale = gamma.map((g, k) => g / Math.sqrt((variance[k] as number) + (norm.config.epsilon ?? 1e-3)));
    // Channels of the answer come last in every kernel, also where there is one filter for each.
    const { values } = kernel;
    for (let k = 0; k < values.length; k++)
      values[k] = (values[k] as number) * (scale[k % scale.length] as number);
    const bias = beta.map((b, k) => b - (mean[k] as number) * (scale[k] as number));
    weights.set(`${end.name}/${part}`, { values, shape: kernel.shape });
    weights.set(`${end.name}/bias`, { values: bias, shape: [bias.length] });
    for (const name of weights.keys())
      if (name.startsWith(`${layer.name}/`) || (name.startsWith(`${norm.name}/`) && norm !== end))
        weights.delete(name);
    folded.push({
      ...layer,
      name: end.name,
      config: { ...layer.config, use_bias: true, activation: end === cut ? 'relu6' : 'linear' },
    });
  }
  return { layers: folded, weights };
}

const kernelNames: Readonly<Record<string, string>> = {
  Conv2D: 'kernel',
  DepthwiseConv2D: 'depthwise_kernel',
};

type Run = (from: Tensor[], layer: Layer, weight: (part: string) => Tensor) => Tensor;

const kinds = {
  InputLayer: ([x]) => x as Tensor,
  Dropout: ([x]) => x as Tensor,
  ZeroPadding2D: ([x], { config }) => {
    const [rows, columns] = config.padding as [[number, number], [number, number]];
    return pad(x as Tensor4D, [[0, 0], rows, columns, [0, 0]]);
  },
  Conv2D: ([x], layer, weight) =>
    fused.conv2d({ ...convolution(x, layer, weight), filter: weight('kernel') as Tensor4D }),
  DepthwiseConv2D: ([x], layer, weight) =>
    fused.depthwiseConv2d({
      ...convolution(x, layer, weight),
      filter: weight('depthwise_kernel') as Tensor4D,
    }),
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

function convolution(x: Tensor | undefined, { config }: Layer, weight: (part: string) => Tensor) {
  return {
    x: x as Tensor4D,
    strides: config.strides ?? ([1, 1] as [number, number]),
    pad: paddingOf(config.padding),
    activation: config.activation === 'relu' || config.activation === 'relu6' ? config.activation : 'linear',
    ...(config.use_bias !== false && { bias: weight('bias') }),
  } as const;
}

function paddingOf(padding: Layer['config']['padding']): 'valid' | 'same' {
  return padding === 'same' ? 'same' : 'valid';
}

function weightOf<Weight>(weights: ReadonlyMap<string, Weight>, layer: Layer, part: string): Weight {
  const found = weights.get(`${layer.name}/${part}`);
  if (!found) throw new Error(`Layer ${layer.name} has no ${part}`);
  return found;
}

/** Numbers are kept as one byte each, with the range they stand for. */
function readWeights(file: LayerFile, bytes: Buffer): Weights {
  const weights: Weights = new Map();
  let at = 0;
  for (const { name, shape, quantization } of file.weightsManifest.flatMap((group) => group.weights)) {
    if (quantization?.dtype !== 'uint8') throw new Error(`Weight ${name} is not kept in bytes`);
    const count = shape.reduce((product, side) => product * side, 1);
    const { min, scale } = quantization;
    if (at + count > bytes.length) throw new Error('The weights end too early');
    const values = new Float32Array(count);
    // Not `from` with a function: it takes ten times as long.
    for (let k = 0; k < count; k++) values[k] = (bytes[at + k] as number) * scale + min;
    weights.set(name, { values, shape });
    at += count;
  }
  if (at !== bytes.length) throw new Error('There are more weights than the network has places for');
  return weights;
}

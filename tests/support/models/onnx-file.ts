/**
 * Writes the bytes of tiny ONNX models, so that no model file is committed: protocol buffers by hand, after the fields of
 * https://github.com/onnx/onnx/blob/main/onnx/onnx.proto (ModelProto, GraphProto, NodeProto, TensorProto, ValueInfoProto).
 */

const floatType = 1;

function varint(value: number): Buffer {
  const bytes: number[] = [];
  let rest = value;
  while (rest > 127) {
    bytes.push((rest % 128) + 128);
    rest = Math.floor(rest / 128);
  }
  return Buffer.from([...bytes, rest]);
}

const number = (field: number, value: number) => Buffer.concat([varint(field * 8), varint(value)]);
const block = (field: number, body: Buffer | string) => {
  const bytes = Buffer.from(body as string);
  return Buffer.concat([varint(field * 8 + 2), varint(bytes.length), bytes]);
};

/** A tensor's type: element type and dimensions; one of unknown size has a name. */
function valueInfo(name: string, shape: readonly (number | string)[]): Buffer {
  const dims = shape.map((one) => block(1, typeof one === 'number' ? number(1, one) : block(2, one)));
  const type = block(1, Buffer.concat([number(1, floatType), block(2, Buffer.concat(dims))]));
  return Buffer.concat([block(1, name), block(2, type)]);
}

function constant(name: string, shape: readonly number[], values: readonly number[]): Buffer {
  const raw = Buffer.from(Float32Array.from(values).buffer);
  return Buffer.concat([
    ...shape.map((one) => number(1, one)),
    number(2, floatType),
    block(8, name),
    block(9, raw),
  ]);
}

const node = (type: string, inputs: readonly string[], output: string) =>
  Buffer.concat([...inputs.map((one) => block(1, one)), block(2, output), block(4, type)]);

/** A network whose logits are sums of a pixel's own red, green and blue: `weights` has three rows, one column a class. */
export function pixelNetwork(given: {
  readonly weights: readonly (readonly number[])[];
  readonly bias: readonly number[];
  readonly input?: readonly (number | string)[];
  readonly side?: number;
}): Buffer {
  const { weights, bias, side = 256 } = given;
  const input = given.input ?? [1, side, side, weights.length];
  const graph = Buffer.concat([
    block(1, node('MatMul', ['pixels', 'weights'], 'product')),
    block(1, node('Add', ['product', 'bias'], 'logits')),
    block(2, 'tiny'),
    block(5, constant('weights', [weights.length, bias.length], weights.flat())),
    block(5, constant('bias', [bias.length], bias)),
    block(11, valueInfo('pixels', input)),
    block(12, valueInfo('logits', [input[0] ?? 1, side, side, bias.length])),
  ]);
  return Buffer.concat([number(1, 8), block(7, graph), block(8, number(2, 13))]);
}

/**
 * A parts network that goes by colour alone: what is red is clothes, what is green hair, what is blue something else that is worn,
 * what is dark background, and the rest skin.
 */
export function colourPartsNetwork(): Buffer {
  return pixelNetwork({
    //        background, hair, body skin, face skin, clothes, other
    weights: [
      [-14, -20, 4, 0, 30, -20],
      [-14, 30, 4, 0, -20, -20],
      [-14, -20, 4, 0, -20, 30],
    ],
    bias: [6, 0, 0, -4, 0, 0],
  });
}

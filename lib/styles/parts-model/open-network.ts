import type { InferenceSession, Tensor } from 'onnxruntime-web';
import { modelInput, type PartsNetwork } from '../paint/people/models.ts';

/** A file that is no parts network of ours; the message says what is wrong with it. */
export class PartsModelError extends Error {
  override readonly name = 'PartsModelError';
}

/** What is used of ONNX Runtime; handed in, because a server's thread and a browser load it each in their own way. */
export type OnnxRuntime = {
  readonly InferenceSession: { create(bytes: Uint8Array): Promise<InferenceSession> };
  readonly Tensor: new (type: 'float32', data: Float32Array, dims: readonly number[]) => Tensor;
};

const inputShape = [1, modelInput, modelInput, 3];
const outputShape = [1, modelInput, modelInput, 6];

/** The dimensions as text; an open one (a batch of any size) is written as the shape has it where it may be. */
function spelled(shape: readonly (number | string)[], wanted: readonly number[]): string {
  return shape.map((one, k) => (k === 0 && typeof one === 'string' ? wanted[0] : one)).join('x');
}

/**
 * Opens a parts network of the shape of MediaPipe's `selfie_multiclass_256x256`: one input of 1x256x256x3 (0 to 1, row by
 * row), one output of 1x256x256x6 logits in the order background, hair, body skin, face skin, clothes, other. Throws
 * {@link PartsModelError} for anything else, before it is asked about a photo.
 */
export async function openPartsNetwork(runtime: OnnxRuntime, bytes: Uint8Array): Promise<PartsNetwork> {
  const session = await runtime.InferenceSession.create(bytes).catch((error: unknown) => {
    throw new PartsModelError(`it is no ONNX model that can be read here (${String(error).slice(0, 200)})`);
  });
  const expectShape = (what: string, found: InferenceSession['inputMetadata'], wanted: readonly number[]) => {
    const [one] = found;
    const says =
      found.length !== 1
        ? `${found.length} ${what}s`
        : one?.isTensor && one.type === 'float32'
          ? spelled(one.shape, wanted)
          : 'other values than 32-bit floats';
    if (says !== wanted.join('x') || !one)
      throw new PartsModelError(`its ${what} is ${says} and must be ${wanted.join('x')} (float32)`);
    return one.name;
  };
  const input = expectShape('input', session.inputMetadata, inputShape);
  const output = expectShape('output', session.outputMetadata, outputShape);
  return async (pixels) => {
    const answer = await session.run({ [input]: new runtime.Tensor('float32', pixels, inputShape) });
    const data = answer[output]?.data;
    if (!(data instanceof Float32Array)) throw new PartsModelError('it gave no answer');
    return data;
  };
}

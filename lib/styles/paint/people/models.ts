/** The small networks we carry in the repository; see ../../models/NOTICE.md. */
export type ModelName = 'selfie' | 'blazeface-back' | 'facemesh';

/** What tells people and finds faces takes a square of this many pixels. */
export const modelInput = 256;
/** What lays the mesh over a face takes a smaller one. */
export const meshInput = 192;

/** A network of the operator's: a square of `modelInput` pixels, three values each from 0 to 1, to six logits for each of them. */
export type PartsNetwork = (pixels: Float32Array) => Promise<Float32Array>;

/** One answer of a network: its shape and its numbers, row by row. */
export type ModelOutput = { readonly shape: readonly number[]; readonly values: Float32Array };

/** Networks that can be asked. */
export type Models = {
  /** Runs a network on a square of `modelInput` (`meshInput` for the mesh) pixels, three values each. Throws what the source throws; the next call tries again. */
  run(name: ModelName, pixels: Float32Array): Promise<ModelOutput[]>;
  /** What the operator's parts network answers, as {@link PartsNetwork}; null where there is none. Throws what opening it throws. */
  parts(pixels: Float32Array): Promise<Float32Array | null>;
};

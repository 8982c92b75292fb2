import type { Plane } from '../raster.ts';

/** For each place of a new line: where its samples begin in the old one (may lie outside), and how much of each. */
export type Resample = {
  readonly taps: number;
  readonly first: Int32Array;
  readonly weight: Float32Array;
};

/** How a plane is brought to another size: blocks of `whole` pixels averaged first, then lines in the order told. */
export type ResizePlan = {
  readonly whole: number;
  readonly columns: Resample | null;
  readonly rows: Resample | null;
  readonly rowsFirst: boolean;
};

/** Directions, as a flow has them. */
type Field = {
  readonly width: number;
  readonly height: number;
  readonly x: Float32Array;
  readonly y: Float32Array;
};

/** What of a plane is averaged along a flow, as {@link smoothAlong} of `lines.ts` has it. */
type AlongPlan = {
  readonly taps: Float32Array;
  readonly pace: number;
  readonly ignore: number;
  readonly busy: Uint8Array;
  readonly side: number;
};

/**
 * The inner loops in another language than this one. Each answers as the JavaScript beside it does, to about 2e-7; where
 * there is none of them, or a plane is too large for it (null), that is used.
 */
export type FastKernels = {
  tapBlur(plane: Plane, taps: Float32Array): Plane | null;
  /** Box sums `times` over along rows, then along columns. */
  boxBlur(plane: Plane, radius: number, ends: number, times: number): Plane | null;
  resize(plane: Plane, width: number, height: number, plan: ResizePlan): Plane | null;
  smoothAlong(plane: Plane, flow: Field, plan: AlongPlan): Plane | null;
};

let kernels: FastKernels | null = null;

/** The engine's host sets what there is; null is JavaScript alone. */
export function setFastKernels(found: FastKernels | null): void {
  kernels = found;
}

export function fastKernels(): FastKernels | null {
  return kernels;
}

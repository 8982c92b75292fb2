import { type Flow, flowOf } from '../kernels/flow.ts';
import { guidedFilter } from '../kernels/guided-filter.ts';
import { resize, resizePicture } from '../kernels/resize.ts';
import { letGo, luma, type Picture, type Plane, type Size } from '../raster.ts';
import { type Scene, studySize } from '../scene.ts';
import { drawingLight, type WantedLight } from './drawing-light.ts';

/** What a drawing in one colour is made from. */
export type DrawnForms = {
  /** The light of the photo as somebody drawing it would choose it. */
  readonly light: Plane;
  /** The same without what is fine: what `light` differs by is brought up. */
  readonly shape: Plane;
  /** The directions in which lines run. */
  readonly flow: Flow;
};

type Studied = {
  readonly wanted?: WantedLight;
  /** How large a form is, in units, and how much light differs across an edge that is kept, squared. */
  readonly sigma: number;
  readonly epsilon: number;
  /** The two blurs of `flowOf`, in pixels of the small copy. */
  readonly flow: readonly [number, number];
};

/** The longest side of the small copy on which a drawing's directions are read. */
const drawnSide = 512;

/** Studies a scene that is to be drawn. */
export function drawnForms(scene: Scene, { wanted, sigma, epsilon, flow: blurs }: Studied): DrawnForms {
  const light = drawingLight(scene.photo, scene.faces, wanted);
  const shape = guidedFilter(light, light, { sigma: sigma * scene.stroke, epsilon });
  const size = studySize(scene, drawnSide);
  const small = resize(light, size.width, size.height);
  const flow = flowOf(small, ...blurs);
  letGo(small);
  return { light, shape, flow };
}

/** A small copy of a photo, its luma and the directions in it, by which a painting in colour is laid out. */
export type Motif = {
  readonly size: Size;
  readonly small: Picture;
  readonly light: Plane;
  readonly flow: Flow;
};

/** The longest side of the small copy that a painting is laid out on; it is painted at full size. */
const paintedSide = 640;

/** Studies a scene that is to be painted in colours; the numbers are those of `flowOf`. */
export function readMotif(scene: Scene, sigma: number, reach: number, lean?: number): Motif {
  const size = studySize(scene, paintedSide);
  const small = resizePicture(scene.photo, size.width, size.height, 'smooth');
  const light = luma(small);
  return { size, small, light, flow: flowOf(light, sigma, reach, lean) };
}

import { type Band, copyOfPicture, type Plane, type Size } from '../raster.ts';
import type { Preset, Scene } from '../scene.ts';

/**
 * A look that changes every pixel by itself, once the whole photo has been measured. It measures the scene, which may be
 * of a smaller copy, and paints any rows of a picture of `size` with the same shape: `person` is the band's part of
 * the scene's mask. What it lays depends on the place alone, so that bands meet without a seam.
 */
export type Grade = (scene: Scene, size: Size) => (band: Band, person: Float32Array | null) => void;

/** A grade as a preset: the whole scene is one band. */
export function wholeOf(grade: Grade): Preset {
  return (scene) => {
    const out = copyOfPicture(scene.photo);
    grade(scene, scene.photo)({ top: 0, ...out }, scene.person?.data ?? null);
    return out;
  };
}

/** By how much lengths are multiplied in a picture of this size: `Scene.unit` of the picture itself. */
export function unitOf({ width, height }: Size): number {
  return Math.max(width, height) / 1024;
}

/** A plane by its place in a picture of another size; the nearest pixel's. */
export function sampled(plane: Plane, x: number, y: number): number {
  const px = Math.min(plane.width - 1, Math.floor(x * plane.width));
  const py = Math.min(plane.height - 1, Math.floor(y * plane.height));
  return plane.data[py * plane.width + px] as number;
}

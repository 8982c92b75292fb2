import { eachRun } from '../each-row.ts';
import { mix, newPlane, type Picture, type Plane, smoothstep } from '../raster.ts';
import type { Face } from './find-faces.ts';

/** A soft map of where faces are: 1 over the face, falling to 0 around the head. */
export function faceMap(width: number, height: number, faces: readonly Face[]): Plane {
  const map = newPlane(width, height);
  for (const face of faces) {
    const [cx, cy] = [face.x * width, (face.y - face.height * 0.08) * height];
    const [rx, ry] = [Math.max(2, face.width * width * 0.5), Math.max(2, face.height * height * 0.6)];
    const [top, bottom] = [
      Math.max(0, Math.floor(cy - ry * 1.6)),
      Math.min(height, Math.ceil(cy + ry * 1.6)),
    ];
    const [left, right] = [Math.max(0, Math.floor(cx - rx * 1.6)), Math.min(width, Math.ceil(cx + rx * 1.6))];
    for (let y = top; y < bottom; y++) {
      for (let x = left; x < right; x++) {
        const distance = Math.hypot((x - cx) / rx, (y - cy) / ry);
        const inside = 1 - smoothstep(0.85, 1.55, distance);
        if (inside > (map.data[y * width + x] as number)) map.data[y * width + x] = inside;
      }
    }
  }
  return map;
}

/** Lays so much of a finer picture over a simpler one where faces are, into the simpler one: a broad brush runs over mouths and eyes. */
export function finerOnFaces(face: Plane, fine: Picture, simple: Picture, most = 1): Picture {
  eachRun(face.data.length, finerRun, { face: face.data, fine, simple, most });
  return simple;
}

type Finer = {
  readonly face: Float32Array;
  readonly fine: Picture;
  readonly simple: Picture;
  readonly most: number;
};

function finerRun({ face, fine, simple, most }: Finer, from: number, to: number): void {
  for (let i = from; i < to; i++) {
    const share = most * (face[i] as number);
    simple.r[i] = mix(simple.r[i] as number, fine.r[i] as number, share);
    simple.g[i] = mix(simple.g[i] as number, fine.g[i] as number, share);
    simple.b[i] = mix(simple.b[i] as number, fine.b[i] as number, share);
  }
}

import { newPlane, type Plane, smoothstep } from '../raster.ts';
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

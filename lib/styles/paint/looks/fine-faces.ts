import type { Flow } from '../kernels/flow.ts';
import { kuwahara } from '../kernels/kuwahara.ts';
import type { Face } from '../people/find-faces.ts';
import { letGo, memoryFor, newPicture, type Picture } from '../raster.ts';

/** What of a picture is looked at by itself, in pixels. */
type Box = { readonly x: number; readonly y: number; readonly width: number; readonly height: number };

/** The picture in fine brushwork where faces are, and black where there is none: that is not looked at. */
export function fineFaces(picture: Picture, flow: Flow, radius: number, faces: readonly Face[]): Picture {
  const { width, height } = picture;
  const out = newPicture(width, height);
  const room = Math.ceil(3 * radius);
  for (const face of faces) {
    // As far as the map of faces reaches, and what the filter looks at beyond.
    const [halfX, halfY] = [0.8 * face.width * width + room + 4, 0.96 * face.height * height + room + 4];
    const [middleX, middleY] = [face.x * width, (face.y - 0.08 * face.height) * height];
    const x = Math.max(0, Math.floor(middleX - halfX));
    const y = Math.max(0, Math.floor(middleY - halfY));
    const box = {
      x,
      y,
      width: Math.min(width, Math.ceil(middleX + halfX)) - x,
      height: Math.min(height, Math.ceil(middleY + halfY)) - y,
    };
    if (box.width < 3 || box.height < 3) continue;
    const own = (data: Float32Array) => cutOut(data, width, box);
    const near = { width: box.width, height: box.height };
    const simple = kuwahara(
      { ...near, r: own(picture.r), g: own(picture.g), b: own(picture.b) },
      { ...near, x: own(flow.x), y: own(flow.y), certainty: own(flow.certainty) },
      radius,
    );
    for (const [from, to] of [
      [simple.r, out.r],
      [simple.g, out.g],
      [simple.b, out.b],
    ] as const)
      putIn(from, to, width, box, room);
    letGo(simple);
  }
  return out;
}

function cutOut(data: Float32Array, across: number, { x, y, width, height }: Box): Float32Array {
  const out = memoryFor(width * height);
  for (let row = 0; row < height; row++) {
    const from = (y + row) * across + x;
    out.set(data.subarray(from, from + width), row * width);
  }
  return out;
}

/** Puts it back, but for what was looked at only, unless the picture ends there. */
function putIn(from: Float32Array, to: Float32Array, across: number, box: Box, room: number): void {
  const down = to.length / across;
  const left = box.x > 0 ? room : 0;
  const right = box.x + box.width < across ? box.width - room : box.width;
  const bottom = box.y + box.height < down ? box.height - room : box.height;
  for (let row = box.y > 0 ? room : 0; row < bottom; row++)
    to.set(
      from.subarray(row * box.width + left, row * box.width + right),
      (box.y + row) * across + box.x + left,
    );
}

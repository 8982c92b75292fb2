import { newPlane, type Picture, type Plane } from '../raster.ts';
import { type Lab, labAt } from './oklab.ts';

/** How much of a picture's border must be of one colour before what lies behind is a plain background. */
const plainShare = 0.7;
const alike = 0.055;
const leastSubject = 0.04;

/**
 * 1 on what a picture is of and 0 on the plain background that product shots have, which is no part of their colours;
 * null where there is no such background.
 */
export function subjectOf(picture: Picture): Plane | null {
  const { width, height } = picture;
  const ring: number[] = [];
  for (let x = 0; x < width; x++) ring.push(x, (height - 1) * width + x);
  for (let y = 1; y < height - 1; y++) ring.push(y * width, y * width + width - 1);
  const colours = ring.map((i) => labAt(picture, i));
  const middle = [0, 1, 2].map((c) => {
    const values = colours.map((lab) => lab[c] as number).sort((one, two) => one - two);
    return values[values.length >> 1] as number;
  }) as Lab;
  const isAlike = (i: number) => {
    const [L, a, b] = labAt(picture, i);
    return Math.hypot(L - middle[0], 2 * (a - middle[1]), 2 * (b - middle[2])) < alike;
  };
  if (ring.filter(isAlike).length < plainShare * ring.length) return null;
  const out = newPlane(width, height, 1);
  const queue = ring.filter(isAlike);
  for (const i of queue) out.data[i] = 0;
  let left = width * height - new Set(queue).size;
  const visit = (i: number) => {
    if (out.data[i] === 0 || !isAlike(i)) return;
    out.data[i] = 0;
    left -= 1;
    queue.push(i);
  };
  for (let at = 0; at < queue.length; at++) {
    const i = queue[at] as number;
    const x = i % width;
    if (x > 0) visit(i - 1);
    if (x < width - 1) visit(i + 1);
    if (i >= width) visit(i - width);
    if (i < width * (height - 1)) visit(i + width);
  }
  return left >= leastSubject * width * height ? out : null;
}

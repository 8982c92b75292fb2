import { depthOf } from './depth.ts';
import { classes } from './prior.ts';

/** What hair hangs on, at each place of a picture of this size. */
export type Hanging = {
  readonly width: number;
  readonly height: number;
  /** 1 on top and beside of a face, where hair begins. */
  readonly hairSeed: Uint8Array;
  /** Half of what is no more than a thread there, in pixels. */
  readonly thread: Float32Array;
};

/**
 * Hair hangs together with a head, and by more than a thread: what does not is something else of the person. A dark shoulder
 * that touches dark hair behind a jaw is no hair.
 */
export function holdHair(shares: Float32Array[], { hairSeed, thread, width, height }: Hanging): void {
  const hair = shares[classes.indexOf('hair')] as Float32Array;
  const clothes = shares[classes.indexOf('clothes')] as Float32Array;
  const reached = reachHair(hair, { hairSeed, thread, width, height });
  for (let i = 0; i < hair.length; i++) {
    if (reached[i] !== 0) continue;
    clothes[i] = (clothes[i] as number) + 0.9 * (hair[i] as number);
    hair[i] = 0.1 * (hair[i] as number);
  }
}

/** 1 where hair is reached from where it begins through more than a thread, 2 at the rim around that, else 0. */
export function reachHair(hair: Float32Array, { hairSeed, thread, width, height }: Hanging): Uint8Array {
  const inside = new Uint8Array(hair.length);
  for (let i = 0; i < hair.length; i++) inside[i] = (hair[i] as number) >= 0.35 ? 1 : 0;
  const depth = depthOf(inside, width, height);
  const reached = new Uint8Array(hair.length);
  const queue = new Int32Array(2 * hair.length);
  let end = 0;
  const visit = (i: number) => {
    if (reached[i] === 1 || depth[i] === 0) return;
    if (hairSeed[i] === 0 && (depth[i] as number) <= (thread[i] as number)) return;
    reached[i] = 1;
    queue[end++] = i;
  };
  for (let i = 0; i < hair.length; i++) if (hairSeed[i] === 1) visit(i);
  for (let at = 0; at < end; at++) eachBeside(queue[at] as number, width, height, visit);
  for (let ring = 1, from = 0; ring < 5; ring++) {
    const to = end;
    for (; from < to; from++)
      eachBeside(queue[from] as number, width, height, (i) => {
        if (reached[i] !== 0 || depth[i] === 0 || ring > (thread[i] as number) + 1) return;
        reached[i] = 2;
        queue[end++] = i;
      });
  }
  return reached;
}

function eachBeside(i: number, width: number, height: number, call: (place: number) => void): void {
  const x = i % width;
  if (x > 0) call(i - 1);
  if (x < width - 1) call(i + 1);
  if (i >= width) call(i - width);
  if (i < width * (height - 1)) call(i + width);
}

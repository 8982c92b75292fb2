import { gaussian } from '../kernels/gaussian.ts';
import { type Picture, type Plane, smoothstep } from '../raster.ts';
import { colourCells, learnColours } from './colour-model.ts';
import { isCrown } from './coverings.ts';
import { acrossFace, fillCoordinates, type Head, leastCheek } from './head.ts';
import { type Hanging, holdHair } from './hold-hair.ts';
import { type LabField, labField } from './lab-field.ts';
import { backwards, classes, type PartClass, priorAt, type Shares } from './prior.ts';
import { type FaceColour, growSkin, lightLimbs, skinLikeness } from './skin.ts';

const rounds = 6;
const colourWeight = 1.2;
/** What looks like a face's skin counts so much more where its hair does not. */
const unlikeWeight = 2;

/**
 * Tells the classes apart at a small size: geometry around each head first, then what skin looks like on each
 * face, then what colours each class turns out to have, in rounds.
 */
export function solveParts(picture: Picture, mask: Plane, heads: readonly Head[]): Shares {
  const { width, height } = picture;
  const count = width * height;
  const field = labField(picture);
  const { prior, skin, grown, hairSeed, crown, thread, unlike } = geometry(field, mask, heads);
  const where = colourCells(field.L, field.a, field.b);
  const score = classes.map((_, k) => {
    const log = new Float32Array(count);
    for (let from = 0; from < count; from += block)
      logOf(prior[k] as Float32Array, log, from, Math.min(count, from + block));
    return log;
  });
  for (let i = 0; i < count; i++) {
    const like = grown[i] as number;
    const body = mask.data[i] as number;
    // Fair hair and fair skin are alike; above a forehead it is hair.
    const weight = 1.35 * (1 - 0.3 * (crown[i] as number));
    add(
      score,
      'skin',
      i,
      body * (weight * (1.6 * like - 0.8) + unlikeWeight * (unlike[i] as number) * smoothstep(0.5, 1, like)),
    );
  }

  let shares = softmax(score, count);
  for (let round = 0; round < rounds; round++) {
    const models = classes.map((name, k) => {
      const weight = (shares[k] as Float32Array).slice();
      // Locks beside the neck are hair only when they look like what is above the face.
      const first = name === 'hair' && round < 3 ? crown : null;
      for (let from = 0; from < count; from += block)
        weigh(name, weight, name === 'skin' ? skin : grown, first, from, Math.min(count, from + block));
      return learnColours(where, weight);
    });
    const next = classes.map((_, k) => {
      const out = new Float32Array(count);
      for (let from = 0; from < count; from += block)
        weighUp(
          score[k] as Float32Array,
          models[k] as Float32Array,
          where,
          out,
          from,
          Math.min(count, from + block),
        );
      return out;
    });
    shares = softmax(next, count).map((data) => gaussian({ width, height, data }, 0.9).data);
    holdHair(shares, { hairSeed, thread, width, height });
  }
  return Object.fromEntries(
    classes.map((name, k) => [name, { width, height, data: shares[k] as Float32Array }]),
  ) as Shares;
}

/** Loops run in blocks of so many places: a function that is called often is compiled once and stays compiled. */
const block = 2048;

function logOf(from: Float32Array, out: Float32Array, start: number, end: number): void {
  for (let i = start; i < end; i++) out[i] = Math.log((from[i] as number) + 1e-4);
}

/** How much each place says of a class's colours: less where it looks like a face's skin, which the class is not. */
function weigh(
  name: PartClass,
  weight: Float32Array,
  skin: Float32Array,
  only: Float32Array | null,
  start: number,
  end: number,
): void {
  if (name === 'clothes' || name === 'hair')
    for (let i = start; i < end; i++) weight[i] = (weight[i] as number) * (1 - 0.9 * (skin[i] as number));
  // Beard, brows and glasses lie inside a face and are not its skin's colour.
  else if (name === 'skin')
    for (let i = start; i < end; i++) weight[i] = (weight[i] as number) * (0.06 + (skin[i] as number));
  if (only) for (let i = start; i < end; i++) weight[i] = (weight[i] as number) * (only[i] as number);
}

function weighUp(
  base: Float32Array,
  model: Float32Array,
  where: Uint16Array,
  out: Float32Array,
  start: number,
  end: number,
): void {
  for (let i = start; i < end; i++)
    out[i] = (base[i] as number) + colourWeight * (model[where[i] as number] as number);
}

function add(score: Float32Array[], part: PartClass, i: number, value: number): void {
  const row = score[classes.indexOf(part)] as Float32Array;
  row[i] = (row[i] as number) + value;
}

/** Shares of classes from their scores, one row each, summing to 1 at every place. */
export function softmax(score: readonly Float32Array[], count: number): Float32Array[] {
  const out = score.map(() => new Float32Array(count));
  for (let from = 0; from < count; from += block) shareOut(score, out, from, Math.min(count, from + block));
  return out;
}

function shareOut(
  score: readonly Float32Array[],
  out: readonly Float32Array[],
  start: number,
  end: number,
): void {
  const most = new Float32Array(end - start).fill(-Infinity);
  const sum = new Float32Array(end - start);
  for (const row of score)
    for (let i = start; i < end; i++) most[i - start] = Math.max(most[i - start] as number, row[i] as number);
  for (let k = 0; k < score.length; k++) {
    const [from, to] = [score[k] as Float32Array, out[k] as Float32Array];
    for (let i = start; i < end; i++) {
      const value = Math.exp((from[i] as number) - (most[i - start] as number));
      to[i] = value;
      sum[i - start] = (sum[i - start] as number) + value;
    }
  }
  for (const row of out)
    for (let i = start; i < end; i++) row[i] = (row[i] as number) / (sum[i - start] as number);
}

/** Priors of all heads together, each pixel asking the heads nearest to it; and how much it looks like their skin. */
function geometry(field: LabField, mask: Plane, heads: readonly Head[]) {
  const { width, height } = field;
  const count = width * height;
  const frames = heads.map((head) => {
    const [u, v] = [new Float32Array(count), new Float32Array(count)];
    fillCoordinates(head, field, u, v);
    const shown = u.map((one) => acrossFace(head, one));
    const across = u.map((one) => acrossFace(head, one, leastCheek));
    const seen = skinLikeness(field, shown, v);
    return {
      u,
      v,
      across,
      ...seen,
      unit: head.unit,
      turn: head.turn,
      unlike: hairUnlike(seen.likeness, mask.data, u, v),
    };
  });
  const prior = classes.map(() => new Float32Array(count));
  const skin = new Float32Array(count);
  const hairSeed = new Uint8Array(count);
  const crown = new Float32Array(count);
  const thread = new Float32Array(count);
  const limbs = new Uint8Array(count);
  const unlike = new Float32Array(count);
  const said = { prior, skin, hairSeed, crown, thread, limbs, unlike };
  for (let from = 0; from < count; from += block)
    askHeads(frames, mask.data, said, from, Math.min(count, from + block));
  for (let i = 0; i < count; i++) if ((mask.data[i] as number) < 0.5) limbs[i] = 0;
  const faces = frames.map(({ middle }) => middle);
  lightLimbs(field, skin, faces, limbs);
  return { ...said, grown: growSkin(field, skin, faces, limbs) };
}

type HeadFrame = {
  readonly u: Float32Array;
  readonly v: Float32Array;
  readonly across: Float32Array;
  readonly likeness: Float32Array;
  readonly middle: FaceColour;
  readonly unlike: number;
  readonly unit: number;
  readonly turn: number;
};
type Said = Pick<Hanging, 'hairSeed' | 'thread'> & {
  readonly prior: readonly Float32Array[];
  readonly skin: Float32Array;
  readonly crown: Float32Array;
  /** Where no hair of theirs hangs and skin may go on: the number of the head from 1, else 0. */
  readonly limbs: Uint8Array;
  /** How unlike skin the hair of the nearest head is, 0 to 1. */
  readonly unlike: Float32Array;
};

/** Half of a thread, in heights of the face. */
const threadShare = 0.05;

/** Who is so much farther than the nearest head is not asked. */
const leastSay = 1e-3;

function askHeads(
  frames: readonly HeadFrame[],
  mask: Float32Array,
  { prior, skin, hairSeed, crown, thread, limbs, unlike }: Said,
  start: number,
  end: number,
): void {
  const distance = new Float32Array(frames.length);
  const found = new Float32Array(classes.length);
  for (let i = start; i < end; i++) {
    let least = Infinity;
    for (let k = 0; k < frames.length; k++) {
      const { u, v } = frames[k] as HeadFrame;
      const pu = u[i] as number;
      const pv = (v[i] as number) > 0 ? 0.45 * (v[i] as number) : (v[i] as number);
      distance[k] = Math.sqrt(pu * pu + pv * pv);
      if ((distance[k] as number) >= least) continue;
      least = distance[k] as number;
      const near = frames[k] as HeadFrame;
      thread[i] = threadShare * near.unit;
      unlike[i] = near.unlike;
      const [beside, down] = [Math.abs(near.u[i] as number), near.v[i] as number];
      limbs[i] = down > 1 || (beside > 1 && down > 0.3) ? k + 1 : 0;
    }
    let total = 0;
    for (let k = 0; k < frames.length; k++) {
      const { u, v, across, likeness, turn } = frames[k] as HeadFrame;
      const pv = v[i] as number;
      const weight = Math.exp((-5 * ((distance[k] as number) - least)) / (0.5 + 0.3 * least));
      if (pv > -1 && pv < -0.2 && Math.abs((u[i] as number) + backwards * turn) < 0.75) hairSeed[i] = 1;
      crown[i] = Math.max(crown[i] as number, 1 - smoothstep(-0.78, -0.6, pv));
      if (weight < leastSay) continue;
      total += weight;
      priorAt(u[i] as number, pv, mask[i] as number, found, turn, across[i] as number);
      for (let c = 0; c < found.length; c++) {
        const row = prior[c] as Float32Array;
        row[i] = (row[i] as number) + weight * (found[c] as number);
      }
      skin[i] = (skin[i] as number) + weight * (likeness[i] as number);
    }
    for (const row of prior) row[i] = (row[i] as number) / total;
    skin[i] = (skin[i] as number) / total;
  }
}

/** How unlike skin is what lies on top of a head: then what looks like skin above a brow is a high forehead. */
function hairUnlike(likeness: Float32Array, mask: Float32Array, u: Float32Array, v: Float32Array): number {
  let [sum, count] = [0, 0];
  for (let i = 0; i < u.length; i++) {
    if ((mask[i] as number) < 0.5 || !isCrown(Math.abs(u[i] as number), v[i] as number)) continue;
    sum += likeness[i] as number;
    count += 1;
  }
  return count < 4 ? 0 : 1 - smoothstep(0.15, 0.5, sum / count);
}

import type { Tap } from '#lib/gallery/look/kinds.ts';
import { resize } from '../kernels/resize.ts';
import { closerLook } from '../people/find-person.ts';
import { type Models, modelInput } from '../people/models.ts';
import { type Region, sampleRegion, stretchedFrame } from '../people/sample-region.ts';
import { mix, newPlane, type Picture, type Plane, smoothstep } from '../raster.ts';
import { crownToChin, isCrown, isUnderChin, toldBy, type Wear } from './coverings.ts';
import { fillCoordinates, type Head } from './head.ts';
import type { Shares } from './prior.ts';
import { classes } from './prior.ts';
import { softmax } from './solve-parts.ts';

/** What an operator's network answers, in its order. */
const seenClasses = ['background', 'hair', 'bodySkin', 'faceSkin', 'clothes', 'other'] as const;

/** How much each pixel belongs to each class of the network, 0 to 1, summing to 1. */
export type SeenByNetwork = Record<(typeof seenClasses)[number], Plane>;

/** Half a side of a look at one head, in heights of the face; long hair lies inside. */
const reach = 1.7;
const mostHeads = 5;
const feather = 0.16;

/**
 * Asks the operator's network about the whole photo, then about everybody from nearer, then about each head; null where
 * there is no network. `mask` says where people are, and has the picture's size as the heads have.
 */
export async function askNetwork(
  models: Pick<Models, 'parts'>,
  picture: Picture,
  mask: Plane,
  heads: readonly Head[],
): Promise<SeenByNetwork | null> {
  const seen = await look(models, picture, stretchedFrame(picture));
  if (!seen) return null;
  const around = closerLook(mask);
  const nearest = [...heads].sort((one, two) => two.unit - one.unit).slice(0, mostHeads);
  const regions = [...(around ? [around] : []), ...nearest.map((head) => squareAround(head, picture))];
  for (const region of regions) {
    // From hardly nearer nothing more is seen.
    if (region.width * region.height > 0.6 * mask.data.length || Math.min(region.width, region.height) < 24)
      continue;
    const near = await look(models, picture, region);
    if (near) lay(seen, near, region);
  }
  return seen;
}

function squareAround(head: Head, { width, height }: Picture): Region {
  const half = reach * head.unit;
  const x = Math.max(0, Math.round(head.x - half));
  const y = Math.max(0, Math.round(head.y - half * 0.8));
  return {
    x,
    y,
    width: Math.min(width, Math.round(head.x + half)) - x,
    height: Math.min(height, Math.round(head.y + half * 1.2)) - y,
  };
}

async function look(
  models: Pick<Models, 'parts'>,
  picture: Picture,
  region: Region,
): Promise<SeenByNetwork | null> {
  const logits = await models.parts(sampleRegion(picture, region, modelInput));
  if (!logits) return null;
  const count = modelInput * modelInput;
  const rows = seenClasses.map((_, k) =>
    Float32Array.from({ length: count }, (_unused, i) => logits[i * seenClasses.length + k] as number),
  );
  const planes = softmax(rows, count).map((data) =>
    resize({ width: modelInput, height: modelInput, data }, region.width, region.height),
  );
  return Object.fromEntries(seenClasses.map((name, k) => [name, planes[k]])) as SeenByNetwork;
}

/** Lays what was seen from nearer over what was seen before; where the look ends inside the picture it fades. */
function lay(seen: SeenByNetwork, near: SeenByNetwork, { x, y, width: w, height: h }: Region): void {
  const { width, height } = seen.background;
  const side = Math.min(w, h);
  for (let row = 0, i = 0; row < h; row++)
    for (let column = 0; column < w; column++, i++) {
      const room = Math.min(
        x > 0 ? column : w,
        y > 0 ? row : h,
        x + w < width ? w - 1 - column : w,
        y + h < height ? h - 1 - row : h,
      );
      const share = smoothstep(0, feather, room / side);
      const at = (y + row) * width + x + column;
      for (const name of seenClasses) {
        const { data } = seen[name];
        data[at] = mix(data[at] as number, near[name].data[i] as number, share);
      }
    }
}

/** Everybody whom the network sees, with everything they wear and hold. */
export function maskOf({ background }: SeenByNetwork): Plane {
  return { ...background, data: background.data.map((share) => 1 - share) };
}

/**
 * The classes of this engine as the network has them, and what of hair and clothes is a scarf or a hat, as taps say. All
 * planes, heads and taps are those of `picture`.
 */
export function networkParts(
  picture: Picture,
  seen: SeenByNetwork,
  heads: readonly Head[],
  taps: readonly Tap[],
): { shares: Shares; covering: Plane } {
  const { width, height } = picture;
  const count = width * height;
  const { background, hair, bodySkin, faceSkin, clothes, other } = seen;
  const covering = newPlane(width, height);
  const onHead = new Float32Array(count);
  const [u, v] = [new Float32Array(count), new Float32Array(count)];
  const worn = clothes.data.map((share, i) => share + (other.data[i] as number));
  for (const head of heads) {
    fillCoordinates(head, picture, u, v);
    const told = toldBy(taps, head, picture);
    const wear = told ?? wearSeen(picture, { worn, hair: hair.data }, u, v);
    for (let i = 0; i < count; i++) {
      const [across, down] = [Math.abs(u[i] as number), v[i] as number];
      if (across > 1.1 || down < -1.4 || down > (wear === 'scarf' ? 1.6 : -0.2)) continue;
      onHead[i] = 1;
      if (wear === 'hair') continue;
      // Where nobody corrects it, the network knows the brim from the locks below it.
      covering.data[i] = told
        ? 1
        : (worn[i] as number) / ((worn[i] as number) + (hair.data[i] as number) + 1e-4);
    }
  }
  const rows = {
    background: background.data,
    hair: hair.data,
    // Glasses, a bag, a cup: of the person, and neither dyed nor worn.
    skin: bodySkin.data.map(
      (share, i) =>
        share + (faceSkin.data[i] as number) + (1 - (onHead[i] as number)) * (other.data[i] as number),
    ),
    clothes: clothes.data.map((share, i) => share + (onHead[i] as number) * (other.data[i] as number)),
  };
  const shares = Object.fromEntries(
    classes.map((name) => [name, { width, height, data: rows[name] }]),
  ) as Shares;
  return { shares, covering };
}

/** What lies on a head where hair would be, by what the network sees there; round a face and under it: a scarf. */
function wearSeen(
  picture: Picture,
  seen: { readonly worn: Float32Array; readonly hair: Float32Array },
  u: Float32Array,
  v: Float32Array,
): Wear {
  const meanOf = (isInside: (across: number, down: number) => boolean, of: Float32Array): number => {
    let [sum, total] = [0, 0];
    for (let i = 0; i < of.length; i++) {
      if (!isInside(Math.abs(u[i] as number), v[i] as number)) continue;
      total += 1;
      sum += of[i] as number;
    }
    return total < 8 ? 0 : sum / total;
  };
  const crown = meanOf(isCrown, seen.worn);
  if (crown < 0.4 || crown < meanOf(isCrown, seen.hair)) return 'hair';
  if (meanOf(isUnderChin, seen.worn) < 0.5) return 'hat';
  return crownToChin(picture, u, v) < 0.12 ? 'scarf' : 'hat';
}

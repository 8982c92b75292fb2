import type { Tap } from '#lib/gallery/look/kinds.ts';
import { resize } from '../kernels/resize.ts';
import { findParts, type Parts, type Person, whenAsked } from '../parts/find-parts.ts';
import { headOf } from '../parts/head.ts';
import { lookNear } from '../parts/look-near.ts';
import { askNetwork, maskOf, type SeenByNetwork } from '../parts/network-parts.ts';
import { closeBodies } from '../people/close-bodies.ts';
import { lookAtFace } from '../people/face-mesh.ts';
import { coverage, includeFaces } from '../people/find-person.ts';
import { lookAtUnsure } from '../people/look-at-unsure.ts';
import type { Models } from '../people/models.ts';
import { settleOutline } from '../people/settle-outline.ts';
import type { Picture, Plane } from '../raster.ts';
import { findPeople } from '../scene.ts';

/** Everybody in a photo whose face was found, and a rough mask of them on a small copy. */
export type People = {
  readonly people: readonly Person[];
  readonly mask: Plane;
  /** What an operator's network makes of that copy. */
  readonly network: SeenByNetwork | null;
};

/** Less of a photo than this is nobody. */
const leastPerson = 0.01;

/** Finds everybody whose face is somebody's and no animal's; the photo stays as it is. */
export async function readPeople(photo: Picture, models: Models): Promise<People> {
  const { small, rough, faces } = await findPeople(photo, models);
  const people: Person[] = [];
  for (const face of faces) {
    const { mesh, isDenied } = await lookAtFace(models, photo, face);
    if (!isDenied) people.push({ face, mesh });
  }
  if (people.length === 0) return { people, mask: rough, network: null };
  const seen = await lookAtUnsure(
    models,
    small,
    await includeFaces(
      models,
      small,
      rough,
      people.map(({ face }) => face),
    ),
  );
  const heads = people.map(({ face, mesh }) => headOf(face, mesh, small));
  const network = await askNetwork(models, small, seen, heads);
  if (network) return { people, mask: maskOf(network), network };
  const near = closeBodies(small, await lookNear(models, small, seen, heads), heads);
  return { people, mask: settleOutline(small, near, heads), network };
}

/** The people whom taps choose, or everybody. */
export function chosenPeople(people: readonly Person[], taps: readonly Tap[]): readonly Person[] {
  const chosen = taps.flatMap(({ part, x, y }) => {
    if (part !== 'person') return [];
    // A tap on a chest means the head above it.
    const away = ({ face }: Person) =>
      Math.hypot(x - face.x, 0.4 * Math.max(0, y - face.y) + Math.max(0, face.y - y));
    return [...people].sort((one, two) => away(one) - away(two)).slice(0, 1);
  });
  return chosen.length > 0 ? people.filter((person) => chosen.includes(person)) : people;
}

/** Parts of everybody, or of those whom taps choose; null when nobody was found. */
export function readParts(
  photo: Picture,
  { people, mask, network }: People,
  taps: readonly Tap[],
): Parts | null {
  if (people.length === 0 || coverage(mask) < leastPerson) return null;
  const parts = findParts(photo, mask, people, taps, network);
  const chosen = chosenPeople(people, taps);
  return chosen.length === people.length ? parts : onlyOf(parts, photo, people, chosen);
}

/** Takes out what lies nearer to somebody who was not chosen. */
function onlyOf(parts: Parts, photo: Picture, people: readonly Person[], chosen: readonly Person[]): Parts {
  const small = { width: Math.ceil(photo.width / 4), height: Math.ceil(photo.height / 4) };
  const heads = people.map(({ face, mesh }) => ({
    ...headOf(face, mesh, small),
    isChosen: chosen.some((one) => one.face === face),
  }));
  const own = new Float32Array(small.width * small.height);
  for (let y = 0, i = 0; y < small.height; y++)
    for (let x = 0; x < small.width; x++, i++) {
      let least = Infinity;
      for (const head of heads) {
        const [dx, dy] = [(x - head.x) / head.unit, (y - head.y) / head.unit];
        const d = Math.hypot(dx, dy > 0 ? 0.45 * dy : dy);
        if (d >= least) continue;
        least = d;
        own[i] = head.isChosen ? 1 : 0;
      }
    }
  const share = resize({ ...small, data: own }, photo.width, photo.height).data;
  const keep = (plane: Plane): Plane => ({
    ...plane,
    data: plane.data.map((value, i) => value * (share[i] as number)),
  });
  return whenAsked(
    (part) => keep(parts[part]),
    parts.heads.filter((_, k) => heads[k]?.isChosen),
  );
}

import { smoothstep } from '../raster.ts';
import { acrossFace, fillCoordinates, type Head, leastCheek, nearestHead } from './head.ts';
import { reachHair } from './hold-hair.ts';
import { eachPiece } from './pieces.ts';
import { backwards, type Shares } from './prior.ts';

/** So many heads are a crowd, where of one of so few pixels hair cannot be told from clothes. */
const crowd = { heads: 5, unit: 20 };

/**
 * A face is skin whatever its colours say: blue eyes are no part of a blue shirt, and nothing on a head below its hair
 * is dyed or worn. Gives clothes on heads, and hair in the middle of faces, to skin, in place. In a crowd nothing that lies
 * around a small head is worn: rather no cloth than cloth on hair.
 */
export function clearFaces(shares: Shares, heads: readonly Head[]): void {
  const { width, height } = shares.skin;
  const count = width * height;
  const [u, v] = [new Float32Array(count), new Float32Array(count)];
  const { skin, clothes, hair } = shares;
  fillHoles(shares, heads);
  for (const head of heads) {
    fillCoordinates(head, shares.skin, u, v);
    const isLost = heads.length >= crowd.heads && head.unit < crowd.unit;
    clearBrows(shares, head, u, v);
    const side = isLost ? 1 : 0.6;
    for (let i = 0; i < count; i++) {
      const [across, down] = [acrossFace(head, u[i] as number, leastCheek), v[i] as number];
      if (Math.abs(across) > side || down < -1.2 || down > 0.6) continue;
      const onHead = isLost
        ? 1 -
          smoothstep(
            0.9,
            1.1,
            Math.hypot(((u[i] as number) + backwards * head.turn) / 0.85, (down + 0.25) / 0.85),
          )
        : 1 - smoothstep(0.88, 1.05, Math.hypot(across / 0.44, (down + 0.14) / 0.62));
      const inFace =
        (1 - smoothstep(0.85, 1.05, Math.hypot(across / 0.31, (down - 0.08) / 0.36))) *
        smoothstep(-0.3, -0.2, down);
      const onEye =
        1 - smoothstep(0.7, 1.1, Math.hypot((Math.abs(across) - 0.2) / 0.12, (down + 0.1) / 0.11));
      const worn = (clothes.data[i] as number) * onHead;
      const dyed = (hair.data[i] as number) * Math.max(inFace, onEye);
      clothes.data[i] = (clothes.data[i] as number) - worn;
      hair.data[i] = (hair.data[i] as number) - dyed;
      skin.data[i] = (skin.data[i] as number) + worn + dyed;
    }
  }
}

/** A hole in a face is at most so large, in squares of its height, and so far from its middle; beside a neck one sees through. */
const hole = { most: 0.06, away: 0.75, down: 0.25 };

/** A shine on a forehead may have the wall's colour: what is taken for what is behind, with a face around it, is skin. */
function fillHoles({ background, skin }: Shares, heads: readonly Head[]): void {
  const { width, height, data } = background;
  eachPiece(
    width,
    height,
    (i) => (data[i] as number) >= 0.5,
    (piece) => {
      const first = piece[0] as number;
      const [x, y] = [first % width, Math.floor(first / width)];
      const head = nearestHead(heads, x, y);
      if (!head || piece.length > hole.most * head.unit ** 2 || y > head.y + hole.down * head.unit) return;
      if (Math.hypot(x - head.x, y - head.y) > hole.away * head.unit) return;
      let [rim, bare] = [0, 0];
      for (const middle of piece)
        for (const i of [middle - 1, middle + 1, middle - width, middle + width]) {
          if ((data[i] as number) >= 0.5) continue;
          rim += 1;
          if ((skin.data[i] as number) > 0.3) bare += 1;
        }
      if (bare < 0.5 * rim) return;
      for (const i of piece) {
        skin.data[i] = (skin.data[i] as number) + (data[i] as number);
        data[i] = 0;
      }
    },
  );
}

/** Where brows, lashes and a moustache lie, in heights of the face: its middle, and half of its width and height. */
const brows = { down: 0.05, across: 0.42, tall: 0.47 };
/** Half of what is no lock there, in heights of the face: brows hang on a fringe by less. */
const thread = 0.025;

/** Hair in a face hangs into it from outside: what does not, or by a thread, are brows and lashes. Gives it to skin, in place. */
function clearBrows({ skin, hair }: Shares, head: Head, u: Float32Array, v: Float32Array): void {
  const { width, height } = hair;
  const inFace = u.map((across, i) => {
    const [x, y] = [
      acrossFace(head, across, leastCheek) / brows.across,
      ((v[i] as number) - brows.down) / brows.tall,
    ];
    return x ** 4 + y ** 4 < 1 ? 1 : 0;
  });
  const hairSeed = Uint8Array.from(inFace, (inside) => 1 - inside);
  const half = new Float32Array(hair.data.length).fill(thread * head.unit);
  const reached = reachHair(hair.data, { hairSeed, thread: half, width, height });
  for (let i = 0; i < reached.length; i++) {
    if (inFace[i] === 0 || reached[i] !== 0) continue;
    skin.data[i] = (skin.data[i] as number) + (hair.data[i] as number);
    hair.data[i] = 0;
  }
}

import { smoothstep } from '../raster.ts';
import { acrossFace, fillCoordinates, type Head, leastCheek } from './head.ts';
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
  for (const head of heads) {
    fillCoordinates(head, shares.skin, u, v);
    const isLost = heads.length >= crowd.heads && head.unit < crowd.unit;
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

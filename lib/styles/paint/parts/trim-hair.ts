import { type Head, nearestHead } from './head.ts';
import { eachPiece } from './pieces.ts';
import type { Shares } from './prior.ts';
import { backwards } from './prior.ts';

/** Above this height, in heights of a face below its middle, hair stands about as wide on both sides. */
const hanging = 0.5;
/** It may stand so much farther on one of them. */
const mayDiffer = 0.08;
/** And what stands farther is no more than a lock while it is smaller than this, in squares of a face's height. */
const leastPiece = 0.14;
/** As far from the middle it stands on any side. */
const usual = 0.55;
const rows = 64;

/**
 * Takes from hair, in place, what stands out on one side alone: of dark hair and a dark shirt behind it only the shape tells that
 * they are two things. It becomes clothes, and as such belongs to whoever wears them.
 */
export function trimHair(shares: Shares, heads: readonly Head[]): void {
  const { hair, clothes } = shares;
  const { width, height } = hair;
  // By head and height: how far hair reaches from the middle of the head, on the left and on the right.
  const reach = heads.map(() => [new Float32Array(rows), new Float32Array(rows)] as const);
  const placeOf = (i: number) => {
    const head = nearestHead(heads, i % width, Math.floor(i / width));
    if (!head) return null;
    const [dx, dy] = [
      ((i % width) + 0.5 - head.x) / head.unit,
      (Math.floor(i / width) + 0.5 - head.y) / head.unit,
    ];
    const [cos, sin] = [Math.cos(head.roll), Math.sin(head.roll)];
    const [across, down] = [dx * cos + dy * sin + backwards * head.turn, dy * cos - dx * sin];
    const row = Math.floor(((down + 1.5) / (hanging + 1.5)) * rows);
    return row < 0 || row >= rows ? null : { at: heads.indexOf(head), across, row, unit: head.unit };
  };
  const places = Array.from(hair.data, (share, i) => (share > 0.4 ? placeOf(i) : null));
  for (const place of places) {
    const side = place && reach[place.at]?.[place.across < 0 ? 0 : 1];
    if (side) side[place.row] = Math.max(side[place.row] as number, Math.abs(place.across));
  }
  const standsOut = places.map((place) => {
    if (!place) return false;
    const other = reach[place.at]?.[place.across < 0 ? 1 : 0]?.[place.row] ?? 0;
    return Math.abs(place.across) > Math.max(usual, other) + mayDiffer;
  });
  if (!standsOut.includes(true)) return;
  eachPiece(
    width,
    height,
    (i) => standsOut[i] === true,
    (piece) => {
      const unit = places[piece[0] as number]?.unit ?? 0;
      if (piece.length < leastPiece * unit * unit) return;
      for (const i of piece) {
        clothes.data[i] = (clothes.data[i] as number) + (hair.data[i] as number);
        hair.data[i] = 0;
      }
    },
  );
}

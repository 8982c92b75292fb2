import { mix, type Plane, smoothstep } from '../raster.ts';

/** What a pixel may belong to. A covering (scarf, hat) is told from hair afterwards. */
export const classes = ['background', 'skin', 'hair', 'clothes'] as const;
export type PartClass = (typeof classes)[number];

/** How much each pixel belongs to each class, 0 to 1, summing to 1. */
export type Shares = Record<PartClass, Plane>;

/** How far the middle of a head lies behind the middle of its face when it is seen from the side, in heights of the face. */
export const backwards = 0.3;

/**
 * How likely each class is at a place around a head, from geometry alone: `u` and `v` in heights of the face's
 * oval from its middle (chin at v = 0.5), `turn` how far the head looks to the side, `across` the same as `u` on the face alone ({@link acrossFace}), `mask` how sure it is that somebody is there. Fills `out` in the order
 * of `classes`, summing to 1.
 */
export function priorAt(u: number, v: number, mask: number, out: Float32Array, turn = 0, across = u): void {
  const side = Math.abs(u);
  // Who looks to the side shows the back of their head.
  const back = u + backwards * turn;
  const beside = Math.abs(back);
  const face = inEllipse(across, v, 0.37, 0.52);
  // The skull around the face, open below; hair may hang down beside it as far as the chest.
  const skull = inEllipse(back, v + 0.16, 0.6 + 0.1 * Math.abs(turn), 0.78) * (1 - smoothstep(-0.05, 0.4, v));
  const locks =
    smoothstep(0.28, 0.42, beside) *
    (1 - smoothstep(0.55, 0.9, beside)) *
    smoothstep(-0.35, 0, v) *
    (1 - smoothstep(0.3, 2.3, v));
  const neck = (1 - smoothstep(0.2, 0.36, side)) * smoothstep(0.36, 0.5, v) * (1 - smoothstep(0.62, 0.95, v));
  const ear =
    smoothstep(0.3, 0.4, side) *
    (1 - smoothstep(0.46, 0.56, side)) *
    smoothstep(-0.25, -0.1, v) *
    (1 - smoothstep(0.2, 0.35, v));
  const torso = smoothstep(0.48, 0.78, v + 0.4 * smoothstep(0.35, 0.9, side));
  const skin = 0.02 + 1.2 * face + (0.75 * neck + 0.4 * ear) * (1 - face) + 0.2 * torso;
  // Long hair hangs to the waist, never to a person beside; above the chin it stands no farther from a head.
  const wide = smoothstep(0.2, 0.8, v);
  const near = (1 - smoothstep(mix(0.65, 1, wide), mix(1, 1.7, wide), side)) * (1 - smoothstep(2.4, 3.2, v));
  const hair = 0.0005 + 0.015 * near + (1 - face) * (1.1 * skull + 0.22 * locks);
  const clothes = 0.02 + (1 - face) * (1 - 0.75 * neck) * torso * (1 - 0.35 * locks);
  const sum = skin + hair + clothes;
  const inside = Math.min(0.985, Math.max(0.005, smoothstep(0.3, 0.9, mask)));
  // Hair's rim is where the mask is least sure.
  const lost = 0.12 * skull * (1 - face) * (1 - inside);
  out[0] = 1 - inside - lost * (1 - inside);
  const rest = 1 - out[0];
  out[1] = (rest * skin) / sum;
  out[2] = (rest * hair) / sum;
  out[3] = (rest * clothes) / sum;
}

function inEllipse(u: number, v: number, ru: number, rv: number): number {
  const [x, y] = [u / ru, v / rv];
  return 1 - smoothstep(0.8, 1.15, Math.sqrt(x * x + y * y));
}

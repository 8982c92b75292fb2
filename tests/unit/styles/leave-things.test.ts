import sharp from 'sharp';
import { expect, it } from 'vitest';
import { decodePhoto } from '#lib/styles/node/decode-photo.ts';
import { headOf } from '#lib/styles/paint/parts/head.ts';
import { leaveThings } from '#lib/styles/paint/people/leave-things.ts';
import type { Plane } from '#lib/styles/paint/raster.ts';

/** What a mask holds of a part, given in shares of its sides. */
function held(
  { width, height, data }: Plane,
  left: number,
  top: number,
  right: number,
  bottom: number,
): number {
  let [sum, count] = [0, 0];
  for (let y = Math.round(top * height); y < Math.round(bottom * height); y++)
    for (let x = Math.round(left * width); x < Math.round(right * width); x++) {
      sum += data[y * width + x] as number;
      count += 1;
    }
  return sum / count;
}

const face = { x: 0.5, y: 0.3, width: 0.16, height: 0.22, score: 1 };

const drawing = (shapes: string) =>
  sharp(Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" width="480" height="360">${shapes}</svg>`))
    .png()
    .toBuffer();

/** Somebody at a table with a glass on it, and an arm stretched out to the side. */
const atTable = `<rect width="480" height="360" fill="#c9d2da"/>
  <rect x="150" y="150" width="180" height="210" rx="40" fill="#27435f"/><ellipse cx="240" cy="108" rx="40" ry="54" fill="#d9a483"/>
  <path d="M196 96q4 -54 44 -54t44 54q-44 -34 -88 0z" fill="#2a1d18"/>
  <rect y="270" width="480" height="90" fill="#b0642f"/><rect x="350" y="210" width="44" height="80" fill="#f0a91c"/>
  <rect x="40" y="205" width="112" height="34" fill="#cf9b7c"/>`;

/** What a network that is not sure saw of them: a wedge of the table, the lower part of the glass, and the arm hardly. */
const seen = `<rect width="480" height="360" fill="#000"/>
  <rect x="150" y="150" width="180" height="120" rx="40" fill="#fff"/><rect x="150" y="230" width="180" height="40" fill="#fff"/>
  <ellipse cx="240" cy="100" rx="46" ry="62" fill="#fff"/><path d="M196 60q44 -40 88 0v30h-88z" fill="#888"/>
  <path d="M150 270h180l-40 60h-70z" fill="#fff"/><rect x="330" y="250" width="70" height="50" fill="#c8c8c8"/>
  <rect x="40" y="205" width="112" height="34" fill="#a8a8a8"/>`;

it('gives tables and glasses back to the room as a whole, and leaves people, their hair and their arms', async () => {
  const picture = await decodePhoto(await drawing(atTable));
  const rough = await decodePhoto(await drawing(seen));
  const mask = { width: rough.width, height: rough.height, data: rough.r.slice() };
  const hair = held(mask, 0.42, 0.14, 0.58, 0.2);
  leaveThings(picture, mask, [headOf(face, null, picture)]);
  expect(held(mask, 0.36, 0.77, 0.62, 0.9)).toBeLessThan(0.05);
  expect(held(mask, 0.73, 0.6, 0.82, 0.85)).toBeLessThan(0.05);
  expect(held(mask, 0.42, 0.14, 0.58, 0.2)).toBeGreaterThan(hair - 0.03);
  expect(held(mask, 0.1, 0.58, 0.3, 0.65)).toBeGreaterThan(0.6);
  expect(held(mask, 0.36, 0.5, 0.64, 0.72)).toBeGreaterThan(0.97);
});

it('leaves hair that was surely seen, though the wall behind it has its colour', async () => {
  const brown = '#5b3a26';
  const picture = await decodePhoto(
    await drawing(`<rect width="480" height="360" fill="${brown}"/>
      <path d="M180 200v-90a60 66 0 0 1 120 0v90z" fill="${brown}"/>
      <ellipse cx="240" cy="112" rx="38" ry="52" fill="#d9a483"/>
      <rect x="150" y="190" width="180" height="170" rx="40" fill="#27435f"/>`),
  );
  const rough = await decodePhoto(
    await drawing(`<rect width="480" height="360" fill="#000"/>
      <path d="M180 200v-90a60 66 0 0 1 120 0v90z" fill="#fff"/>
      <rect x="150" y="190" width="180" height="170" rx="40" fill="#fff"/>`),
  );
  const mask = { width: rough.width, height: rough.height, data: rough.r.slice() };
  leaveThings(picture, mask, [headOf(face, null, picture)]);
  expect(held(mask, 0.39, 0.2, 0.41, 0.45)).toBeGreaterThan(0.95);
  expect(held(mask, 0.45, 0.135, 0.55, 0.15)).toBeGreaterThan(0.95);
});

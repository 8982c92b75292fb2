import sharp from 'sharp';
import { expect, it } from 'vitest';
import { decodePhoto } from '#lib/styles/node/decode-photo.ts';
import { nodeModels } from '#lib/styles/node/models.ts';
import { studyReference } from '#lib/styles/paint/looks/study-reference.ts';

const facts = async (shapes: string) => {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="480" height="360"><rect width="480" height="360" fill="#7a1f2b"/>${shapes}</svg>`;
  const picture = await decodePhoto(await sharp(Buffer.from(svg)).png().toBuffer(), 320);
  return studyReference(picture, null, nodeModels);
};
const strewn = Array.from(
  { length: 24 },
  (_, k) => `<circle cx="${40 + 80 * (k % 6)}" cy="${45 + 90 * Math.floor(k / 6)}" r="24" fill="#e9c46a"/>`,
).join('');
const swatches = ['#f4d7b8', '#e9c46a', '#b28858', '#5e3f2b']
  .map((fill, k) => `<rect x="${40 + 105 * k}" y="60" width="85" height="240" fill="${fill}"/>`)
  .join('');

it('takes motifs strewn over a plain ground for cloth; one thing before it, or a card of shades, for goods', async () => {
  expect(await facts(strewn)).toMatchObject({ isPattern: true, isProduct: false });
  expect(await facts('<circle cx="240" cy="180" r="110" fill="#e9c46a"/>')).toMatchObject({
    isPattern: false,
    isProduct: true,
  });
  expect(await facts(swatches)).toMatchObject({ isPattern: false, isProduct: true });
});

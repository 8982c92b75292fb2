import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { expect, test } from 'vitest';
import { Picture } from '#components/files/picture.tsx';

const image = { src: '/w320', srcSet: '/w320 320w', width: 4, height: 3 };
const draw = (avifSrcSet?: string) =>
  renderToStaticMarkup(createElement(Picture, { image: { ...image, avifSrcSet }, alt: '', sizes: '80px' }));

test('in a grid or a row a picture is one item, whether or not it has sizes as AVIF', () => {
  expect(draw()).toMatch(/^<img /);
  const html = draw('/a320 320w');
  // The frame has no box of its own, and the source none at all.
  expect(html).toMatch(/^<picture class="contents"><source [^>]*class="hidden"/);
  expect(html.match(/<img /g)).toHaveLength(1);
});

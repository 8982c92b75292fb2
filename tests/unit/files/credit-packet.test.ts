import sharp from 'sharp';
import { expect, test } from 'vitest';
import { creditPacket, withPacket } from '#lib/files/picture/credit-packet.ts';
import { findFrame } from '#lib/files/picture/jpeg-frame.ts';

const xmpOf = async (bytes: Buffer) => (await sharp(bytes).metadata()).xmp?.toString('utf8') ?? '';

const jfif = Buffer.from('ffe000104a46494600010100000100010000', 'hex');

test.each([
  ['behind JFIF', jfif],
  ['right behind the start', Buffer.alloc(0)],
])('a JPEG says whose look it is, %s, and its picture stays as it was', async (_, head) => {
  const made = await sharp({ create: { width: 24, height: 16, channels: 3, background: '#0b7a75' } })
    .jpeg()
    .toBuffer();
  // Sharp writes none by itself.
  expect(made.subarray(2, 4).toString('hex')).not.toBe('ffe0');
  const jpeg = Buffer.concat([made.subarray(0, 2), head, made.subarray(2)]);
  const credited = withPacket(jpeg, creditPacket('ترمهٔ لاکی · گالری لاله <&> "خوب"'));
  const xmp = await xmpOf(credited);
  expect(xmp).toContain('photoshop:Credit="ترمهٔ لاکی · گالری لاله &lt;&amp;&gt; &quot;خوب&quot;"');
  expect(xmp).toContain('<rdf:li xml:lang="x-default">ترمهٔ لاکی');
  expect(credited.subarray(2, 2 + head.length + 2).toString('hex')).toBe(`${head.toString('hex')}ffe1`);
  expect(findFrame(credited)).toEqual(findFrame(jpeg));
  const pixels = (bytes: Buffer) => sharp(bytes).raw().toBuffer();
  expect(Buffer.compare(await pixels(credited), await pixels(jpeg))).toBe(0);
});

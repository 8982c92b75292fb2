import type { ColourFit } from './kernels/colour-guided-filter.ts';
import { fitted, resize, resizePicture } from './kernels/resize.ts';
import { headOf } from './parts/head.ts';
import { lookNear } from './parts/look-near.ts';
import { closeBodies } from './people/close-bodies.ts';
import type { Face } from './people/find-faces.ts';
import { findFaces, keepApart, sureScore } from './people/find-faces.ts';
import { coverage, findPerson, includeFaces, maskBands, outlineOf } from './people/find-person.ts';
import { leaveThings } from './people/leave-things.ts';
import { lookAtUnsure } from './people/look-at-unsure.ts';
import type { Models } from './people/models.ts';
import { settleOutline } from './people/settle-outline.ts';
import { letGo, type Picture, type Plane } from './raster.ts';
import { balanceTone, type Tone } from './tone/balance-tone.ts';
import { whiteSurround } from './tone/white-surround.ts';

/** All a preset may know: the photo, ready to be painted, and who is in it. */
export type Scene = {
  /** At the size of the result, tones balanced. */
  readonly photo: Picture;
  /** Lengths in presets are written for a longest side of 1024 pixels and multiplied by this. */
  readonly unit: number;
  /**
   * The same for brushes, lines and dots: smaller where faces are small, as anyone paints a whole
   * figure with a finer brush than a portrait.
   */
  readonly stroke: number;
  readonly faces: readonly Face[];
  /** How much each pixel belongs to a person; null when there is nobody we are sure of. */
  readonly person: Plane | null;
  /** How much the photo is surrounded by white, 0 to 1: white is neither darkened nor dirtied. */
  readonly white: number;
  /** What was measured of the photo, by which a larger copy of it can be made ready in bands. */
  readonly measured: { readonly tone: Tone; readonly outline: ColourFit | null };
};

/** A preset paints a scene; it must not change the scene and must answer the same every time. */
export type Preset = (scene: Scene) => Picture;

/** What presets ask to know before painting: finding people costs a tenth of a second. */
export type SceneNeeds = { readonly person: boolean };

const analysisSide = 512;
/** From this height on, in units, a face needs no finer brush. */
const comfortableFace = 190;
/** Of the longest side: the model sees the whole frame 256 pixels wide and misses faces of twenty. */
const hidingFace = 0.08;
/** So many heads are looked at from near, the largest first: a look costs a thirtieth of a second. */
const mostLooks = 5;
/** Less of a person than this is a passer-by or a mistake. */
const leastPerson = 0.015;
/** More, and there is no background worth telling apart. */
const mostPerson = 0.86;

/** Where people are, roughly and on a small copy of the photo, and the faces we are sure of. */
export async function findPeople(
  photo: Picture,
  models: Models,
): Promise<{ small: Picture; rough: Plane; faces: Face[] }> {
  const longest = Math.max(photo.width, photo.height);
  const scale = Math.min(1, analysisSide / longest);
  const small = resizePicture(
    photo,
    Math.max(1, Math.round(photo.width * scale)),
    Math.max(1, Math.round(photo.height * scale)),
    'smooth',
  );
  const rough = await findPerson(models, small);
  const seen = coverage(rough);
  let faces = await sureFaces(models, photo, await findFaces(models, small));
  if (faces.length === 0 && seen > leastPerson) {
    faces = (await lookCloser(models, photo, rough)).filter(({ score }) => score >= sureScore);
  } else if (isCrowd(faces, photo)) {
    const far = keepApart([...faces, ...(await lookThrough(models, photo))]);
    faces = keepApart([...(await lookAmong(models, photo, far)), ...far]);
  }
  return { small, rough, faces };
}

/** Looks at the photo: where faces and people are, how bright it is. The scene takes the photo over. */
export async function readScene(photo: Picture, needs: SceneNeeds, models: Models): Promise<Scene> {
  const { small, rough, faces } = await findPeople(photo, models);
  const tone = balanceTone(photo, faces);
  const outline =
    needs.person && faces.length > 0 ? await outlineOfPeople(models, photo, small, rough, faces) : null;
  const scene = sceneOf(photo, faces, { tone, outline });
  letGo(small, rough);
  return scene;
}

/** What can be told of a photo without asking any network: everything but who is in it. The scene takes the photo over. */
export function readPlainScene(photo: Picture): Scene {
  return sceneOf(photo, [], { tone: balanceTone(photo, []), outline: null });
}

function sceneOf(photo: Picture, faces: readonly Face[], measured: Scene['measured']): Scene {
  const data = measured.outline && maskBands(measured.outline, photo)({ top: 0, ...photo });
  const person = data && { width: photo.width, height: photo.height, data };
  const unit = Math.max(photo.width, photo.height) / 1024;
  const white = whiteSurround(photo);
  const stroke = unit * finerFor(faces, photo.height / unit);
  return { photo, unit, stroke, faces, person, white, measured };
}

/** The outline of everybody whose face was found; null when that is next to nothing, or nearly all. */
async function outlineOfPeople(
  models: Models,
  photo: Picture,
  small: Picture,
  rough: Plane,
  faces: readonly Face[],
): Promise<ColourFit | null> {
  const nearest = [...faces].sort((one, two) => two.height - one.height);
  const heads = nearest.map((face) => headOf(face, null, small));
  const seen = await lookAtUnsure(models, small, await includeFaces(models, small, rough, faces));
  const near = closeBodies(small, await lookNear(models, small, seen, heads.slice(0, mostLooks)), heads);
  const mask = settleOutline(small, leaveThings(small, near, heads), heads);
  const covered = coverage(mask);
  if (covered <= leastPerson || covered >= mostPerson) return null;
  const large = resize(mask, photo.width, photo.height);
  const outline = outlineOf(photo, large);
  letGo(mask, large);
  return outline;
}

/** How much finer than usual to paint, so that the largest face keeps its eyes: at most twice. */
function finerFor(faces: readonly Face[], height: number): number {
  const tallest = Math.max(0, ...faces.map((face) => face.height * height));
  return tallest === 0 ? 1 : Math.min(1, Math.max(0.5, tallest / comfortableFace));
}

/** The size of the small copy on which forms are studied: larger where painting is finer. */
export function studySize({ photo, unit, stroke }: Scene, side: number): { width: number; height: number } {
  return fitted(photo, Math.min((side * unit) / stroke, Math.max(photo.width, photo.height)));
}

/**
 * A face we are not sure of is looked at again from near: a real one grows clearer, the handle of a
 * cup does not. A wrong face is worse than none, because tones and backdrops follow faces.
 */
async function sureFaces(models: Models, photo: Picture, found: readonly Face[]): Promise<Face[]> {
  const sure: Face[] = [];
  for (const face of found) {
    if (face.score >= sureScore) {
      sure.push(face);
      continue;
    }
    const side = 2.4 * Math.max(face.width * photo.width, face.height * photo.height);
    const region = {
      x: face.x * photo.width - side / 2,
      y: face.y * photo.height - side / 2,
      width: side,
      height: side,
    };
    const again = (await findFaces(models, photo, region))[0];
    if (again && again.score >= sureScore) sure.push(again);
  }
  return keepApart(sure);
}

/** Several faces, and one of them so small that others like it hide from the model in the whole frame. */
function isCrowd(faces: readonly Face[], { width, height }: Picture): boolean {
  return (
    faces.length > 1 && faces.some((face) => face.height * height < hidingFace * Math.max(width, height))
  );
}

/** Looks at a crowd a quarter at a time, in squares that overlap by more than a face. */
async function lookThrough(models: Models, photo: Picture): Promise<Face[]> {
  const side = Math.max(photo.width, photo.height) / 2;
  const found: Face[] = [];
  for (const y of squaresAlong(photo.height, side))
    for (const x of squaresAlong(photo.width, side))
      found.push(...(await findFaces(models, photo, { x, y, width: side, height: side })));
  return found.filter(({ score }) => score >= sureScore);
}

/** In a crowd a face and those beside it are looked at in a square of so many of it. */
const beside = 5;
const mostLooksAmong = 16;

/**
 * Looks at each small face of a crowd and those beside it from near: of a few dozen pixels the model sees too small a face,
 * and none that looks to the side. The surest first.
 */
async function lookAmong(models: Models, photo: Picture, faces: readonly Face[]): Promise<Face[]> {
  const found: Face[] = [];
  for (const face of faces.slice(0, mostLooksAmong)) {
    const side = beside * Math.max(face.width * photo.width, face.height * photo.height);
    if (side > beside * hidingFace * Math.max(photo.width, photo.height)) continue;
    const [x, y] = [face.x * photo.width - side / 2, face.y * photo.height - side / 2];
    found.push(...(await findFaces(models, photo, { x, y, width: side, height: side })));
  }
  return found.filter(({ score }) => score >= sureScore).sort((one, two) => two.score - one.score);
}

/** Where squares of this side begin, so that they cover the length and each shares a sixth with the next. */
function squaresAlong(length: number, side: number): number[] {
  if (length <= side) return [(length - side) / 2];
  const steps = Math.ceil((length - side) / (side * (5 / 6)));
  return Array.from({ length: steps + 1 }, (_, k) => (k * (length - side)) / steps);
}

/** A small face hides from the model in the whole frame: look again at the top of the person. */
async function lookCloser(models: Models, photo: Picture, mask: Plane): Promise<Face[]> {
  let [left, right, top, bottom] = [mask.width, -1, mask.height, -1];
  for (let i = 0; i < mask.data.length; i++) {
    if ((mask.data[i] as number) < 0.5) continue;
    const [x, y] = [i % mask.width, Math.floor(i / mask.width)];
    left = Math.min(left, x);
    right = Math.max(right, x);
    top = Math.min(top, y);
    bottom = Math.max(bottom, y);
  }
  if (right < left) return [];
  const scale = photo.width / mask.width;
  const side = Math.max(right - left, (bottom - top) * 0.45) * 1.25 * scale;
  const middle = ((left + right) / 2) * scale;
  const region = { x: middle - side / 2, y: top * scale - side * 0.15, width: side, height: side };
  return keepApart(await findFaces(models, photo, region));
}

import type { StyleName } from '../catalogue.ts';
import type { StyleStage } from '../style-engine.ts';
import { decodePhoto } from './prepare/decode-photo.ts';
import { encodePicture } from './prepare/encode-picture.ts';
import { findPreset } from './presets.ts';
import { readScene } from './scene.ts';

/** A finished picture and how long each stage of it took. */
export type Rendered = {
  readonly bytes: Buffer;
  readonly width: number;
  readonly height: number;
  readonly stagesMs: Record<StyleStage, number>;
};

/** Turns a photo into a style on the calling thread, which it keeps busy for about a second. */
export async function renderPhoto(
  photo: Buffer,
  style: StyleName,
  onStage: (stage: StyleStage) => void = () => {},
): Promise<Rendered> {
  const stagesMs: Record<StyleStage, number> = { decode: 0, analyse: 0, paint: 0, encode: 0 };
  const timed = async <T>(stage: StyleStage, work: () => T | Promise<T>): Promise<T> => {
    onStage(stage);
    const start = performance.now();
    const value = await work();
    stagesMs[stage] = Math.round(performance.now() - start);
    return value;
  };
  const preset = findPreset(style);
  const decoded = await timed('decode', () => decodePhoto(photo));
  const scene = await timed('analyse', () => readScene(decoded, preset.needs));
  const picture = await timed('paint', () => preset.paint(scene));
  const bytes = await timed('encode', () => encodePicture(picture));
  return { bytes, width: picture.width, height: picture.height, stagesMs };
}

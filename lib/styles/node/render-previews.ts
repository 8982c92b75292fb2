import sharp from 'sharp';
import type { StyleName } from '../catalogue.ts';
import { findPreset } from '../paint/presets.ts';
import { readScene } from '../paint/scene.ts';
import { decodePhoto } from './decode-photo.ts';
import { encodePicture } from './encode-picture.ts';
import { nodeModels } from './models.ts';

/** Painted a little larger than shown, so that strokes and lines are as fine as in a shrunk result. */
const paintedSide = 400;
/** The longest side of a preview, in pixels. */
export const previewSide = 288;

/**
 * Paints one photo in several styles, small, one after the other. The photo is looked at once; `onPreview` is
 * told of each picture (WebP) as it is made. Keeps the calling thread busy for a few seconds.
 */
export async function renderPreviews(
  photo: Buffer,
  styles: readonly StyleName[],
  onPreview: (style: StyleName, bytes: Buffer) => void,
): Promise<void> {
  const decoded = await decodePhoto(photo, paintedSide);
  const scene = await readScene(decoded, { person: true }, nodeModels);
  for (const style of styles) {
    const { paint, needs } = findPreset(style);
    const picture = paint(needs.person ? scene : { ...scene, person: null });
    const bytes = await sharp(await encodePicture(picture))
      .resize(previewSide, previewSide, { fit: 'inside', kernel: 'lanczos3' })
      .webp({ quality: 78, effort: 2 })
      .toBuffer();
    onPreview(style, bytes);
  }
}

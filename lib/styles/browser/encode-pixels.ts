import { writePixels } from '../paint/pixels.ts';
import type { Picture, Plane } from '../paint/raster.ts';
import { whiteCanvas } from './decode-blob.ts';
import { DeviceEngineError, type DevicePicture, markShares } from './device-view.ts';

/** Of what is only looked at. */
const shownQuality = 0.9;

type Encoding = { readonly type: 'image/jpeg' | 'image/png'; readonly quality?: number };

async function encode(canvas: OffscreenCanvas, encoding: Encoding): Promise<DevicePicture> {
  const blob = await canvas.convertToBlob(encoding);
  if (blob.type !== encoding.type) throw new DeviceEngineError('unsupported', `no ${encoding.type}`);
  return { blob, width: canvas.width, height: canvas.height };
}

/** A painted picture as a file, with a mark in a corner where one is wanted. */
export async function encodePicture(
  picture: Picture,
  { type, mark }: { type: Encoding['type']; mark?: readonly string[] },
): Promise<DevicePicture> {
  const { width, height } = picture;
  const { canvas, context } = whiteCanvas(width, height);
  const pixels = context.createImageData(width, height);
  writePixels(picture, 4, pixels.data);
  context.putImageData(pixels, 0, 0);
  if (mark) layMark(context, mark, width, height);
  return encode(canvas, { type, quality: shownQuality });
}

/** A mask as a picture that is nothing but more or less opaque. */
export async function encodeMask({ width, height, data }: Plane): Promise<DevicePicture> {
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d');
  if (!context) throw new DeviceEngineError('unsupported', 'no canvas');
  const pixels = context.createImageData(width, height);
  for (let i = 0; i < data.length; i++) pixels.data[4 * i + 3] = 255 * (data[i] as number);
  context.putImageData(pixels, 0, 0);
  return encode(canvas, { type: 'image/png' });
}

/** Of a picture's width the longest line of a mark takes. */
const longestLine = 0.6;
const { letters, foot, leading } = markShares;

/** Small and legible on anything: light letters with a dark edge in the lower corner; a long line sets all of it smaller. */
function layMark(
  context: OffscreenCanvasRenderingContext2D,
  lines: readonly string[],
  width: number,
  height: number,
) {
  const usual = Math.max(10, Math.round(Math.min(width, height) * letters));
  const font = (pixels: number) => `600 ${pixels}px system-ui, sans-serif`;
  context.font = font(usual);
  const longest = Math.max(...lines.map((line) => context.measureText(line).width));
  const size = usual * Math.min(1, (longestLine * width) / longest);
  context.font = font(size);
  context.textAlign = 'right';
  context.textBaseline = 'bottom';
  context.lineJoin = 'round';
  context.lineWidth = Math.max(2, size / 6);
  context.strokeStyle = 'rgb(0 0 0 / 0.45)';
  context.fillStyle = 'rgb(255 255 255 / 0.9)';
  for (const [at, line] of lines.entries()) {
    const [x, y] = [width - size * 0.7, height - size * (foot + leading * (lines.length - 1 - at))];
    context.strokeText(line, x, y);
    context.fillText(line, x, y);
  }
}

import { thumbHashToAverageRGBA, thumbHashToDataURL } from 'thumbhash';

function bytesOf(thumbhash: string): Uint8Array {
  return Uint8Array.from(atob(thumbhash), (letter) => letter.charCodeAt(0));
}

/** A blurred preview, as a data URL of a few kilobytes. */
export function blurredPreview(thumbhash: string): string {
  return thumbHashToDataURL(bytesOf(thumbhash));
}

/** The one colour a picture has on average, for CSS. */
export function averageColour(thumbhash: string): string {
  const { r, g, b } = thumbHashToAverageRGBA(bytesOf(thumbhash));
  return `rgb(${[r, g, b].map((part) => Math.round(part * 255)).join(' ')})`;
}

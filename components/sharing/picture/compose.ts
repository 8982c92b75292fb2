import type { Layout } from './layout.ts';

type Pictures = { readonly result: HTMLImageElement; readonly source: HTMLImageElement | null };

/** A picture of ours, decoded. Throws when it does not come, or is none. */
export async function loadPicture(url: string): Promise<HTMLImageElement> {
  const picture = new Image();
  picture.decoding = 'async';
  picture.src = url;
  await picture.decode();
  return picture;
}

/** A canvas of this size and what draws on it. Throws where the device gives none. */
export function openCanvas({ width, height }: { width: number; height: number }) {
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  const context = canvas.getContext('2d', { alpha: false });
  if (!context) throw new Error('no canvas');
  context.imageSmoothingQuality = 'high';
  return { canvas, context };
}

type Pen = CanvasRenderingContext2D;

/** How few pixels of the picture stand behind it: enlarged they are its colours, softly, in every browser. */
const blurSide = 12;

function fillBehind(pen: Pen, picture: HTMLImageElement, { width, height }: Layout): void {
  const small = openCanvas({ width: blurSide, height: Math.round((blurSide * height) / width) });
  const cover = Math.max(
    small.canvas.width / picture.naturalWidth,
    small.canvas.height / picture.naturalHeight,
  );
  const [w, h] = [picture.naturalWidth * cover, picture.naturalHeight * cover];
  small.context.drawImage(picture, (small.canvas.width - w) / 2, (small.canvas.height - h) / 2, w, h);
  pen.drawImage(small.canvas, 0, 0, width, height);
  pen.fillStyle = 'rgb(14 17 19 / 0.45)';
  pen.fillRect(0, 0, width, height);
}

function writeMark(pen: Pen, { width, mark, isFramed }: Layout, text: string): void {
  pen.font = `600 ${mark.size}px Vazirmatn, sans-serif`;
  pen.textAlign = 'center';
  pen.textBaseline = 'middle';
  // A thin dark seam keeps it readable on light pictures.
  pen.lineWidth = mark.size / 6;
  pen.lineJoin = 'round';
  pen.strokeStyle = 'rgb(14 17 19 / 0.55)';
  pen.fillStyle = 'rgb(255 255 255 / 0.92)';
  const most = width - mark.size * 2;
  if (!isFramed) pen.strokeText(text, width / 2, mark.y, most);
  pen.fillText(text, width / 2, mark.y, most);
}

/** Draws a still: what stands behind, the pictures, and the mark where there is one. */
export function drawStill(pen: Pen, layout: Layout, { result, source }: Pictures, mark: string | null): void {
  pen.fillStyle = '#fbfaf7';
  pen.fillRect(0, 0, layout.width, layout.height);
  if (layout.isFramed) fillBehind(pen, result, layout);
  if (layout.source && source) {
    const { x, y, width, height } = layout.source;
    pen.drawImage(source, x, y, width, height);
  }
  const { x, y, width, height } = layout.result;
  pen.drawImage(result, x, y, width, height);
  if (mark) writeMark(pen, layout, mark);
}

/** Draws one moment of the film: the result from where reading starts up to `share` of the width, the photo beyond. */
export function drawMoment(
  pen: Pen,
  layout: Layout,
  { result, source }: { result: HTMLImageElement; source: HTMLImageElement },
  moment: { share: number; direction: 'rtl' | 'ltr'; mark: string | null },
): void {
  const { width, height } = layout;
  const edge = Math.round(width * moment.share);
  const left = moment.direction === 'ltr' ? 0 : width - edge;
  pen.drawImage(source, 0, 0, width, height);
  pen.save();
  pen.beginPath();
  pen.rect(left, 0, edge, height);
  pen.clip();
  pen.drawImage(result, 0, 0, width, height);
  pen.restore();
  if (edge > 0 && edge < width) {
    pen.fillStyle = '#fbfaf7';
    pen.fillRect((moment.direction === 'ltr' ? edge : width - edge) - 2, 0, 4, height);
  }
  if (moment.mark) writeMark(pen, layout, moment.mark);
}

/** The canvas as a file's bytes. Throws where the device cannot encode it. */
export function encodeCanvas(canvas: HTMLCanvasElement, type: 'image/jpeg' | 'image/png'): Promise<Blob> {
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('not encoded'))), type, 0.92);
  });
}

import { perProcess } from '#lib/core/per-process.ts';
import { pictureLanes, sharp } from '#lib/core/threads/image-runtime.ts';
import { fileStore } from '#lib/files/storage/open-store.ts';
import { fontFile } from '#lib/payments/receipt/fonts.ts';

/** Sizes over which a shop's name can be laid: those that pages show, as WebP. */
const markedSizes = ['w320', 'w640', 'w1280'] as const;
export type MarkedSize = (typeof markedSizes)[number];

export function isMarkedSize(name: string): name is MarkedSize {
  return (markedSizes as readonly string[]).includes(name);
}

/** What was made lately stays in memory: the same page is opened by a family in one evening. */
const mostBytes = 48 * 1024 * 1024;
const made = perProcess('sharing.marked', () => ({ bytes: 0, pictures: new Map<string, Buffer>() }));

function keep(key: string, picture: Buffer): void {
  made.pictures.set(key, picture);
  made.bytes += picture.length;
  for (const [oldest, { length }] of made.pictures) {
    if (made.bytes <= mostBytes) return;
    made.pictures.delete(oldest);
    made.bytes -= length;
  }
}

const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };
const mostLetters = 40;

/** The name in white with a dark edge, as wide as two fifths of the picture, with room around it. */
async function tileOf(name: string, width: number): Promise<Buffer> {
  const text = [...name]
    .slice(0, mostLetters)
    .join('')
    .replace(/[&<>]/g, (letter) => escapes[letter] ?? letter);
  const draw = (colour: string) =>
    sharp({
      text: {
        text: `<span foreground="${colour}">${text}</span>`,
        fontfile: fontFile('Vazirmatn-Bold.ttf'),
        font: 'Vazirmatn',
        width: Math.max(64, Math.round(width * 0.4)),
        height: Math.max(12, Math.round(width * 0.05)),
        rgba: true,
      },
    })
      .png()
      .toBuffer({ resolveWithObject: true });
  const [light, dark] = await Promise.all([draw('#FFFFFF66'), draw('#00000055')]);
  const room = Math.round(width * 0.06);
  return sharp({
    create: {
      width: light.info.width + 2 * room,
      height: light.info.height + 2 * room,
      channels: 4,
      background: { r: 0, g: 0, b: 0, alpha: 0 },
    },
  })
    .composite([
      { input: dark.data, left: room + 1, top: room + 1 },
      { input: light.data, left: room, top: room },
    ])
    .png()
    .toBuffer()
    .then((flat) =>
      sharp(flat)
        .rotate(-24, { background: { r: 0, g: 0, b: 0, alpha: 0 } })
        .png()
        .toBuffer(),
    );
}

async function mark(picture: Buffer, name: string): Promise<Buffer> {
  const { width = 1, height = 1 } = await sharp(picture).metadata();
  const tile = await tileOf(name, width);
  const { width: wide = 1, height: high = 1 } = await sharp(tile).metadata();
  // A tile may not be larger than what it is laid over.
  const fitting =
    wide > width || high > height
      ? await sharp(tile).resize({ width, height, fit: 'inside' }).toBuffer()
      : tile;
  return sharp(picture)
    .composite([{ input: fitting, tile: true, gravity: 'centre' }])
    .webp({ quality: 78, effort: 1 })
    .toBuffer();
}

/**
 * A kept size of a picture with a shop's name laid over all of it, WebP. Null when the picture is gone, `busy` when too many
 * pictures are being made.
 */
export async function readMarked(
  fileId: string,
  size: MarkedSize,
  name: string,
): Promise<Buffer | 'busy' | null> {
  const key = `${fileId}/${size}/${name}`;
  const known = made.pictures.get(key);
  if (known) return known;
  const picture = await fileStore().read(fileId, size);
  if (!picture) return null;
  const marked = await pictureLanes.run({ lane: 'visitor', whose: fileId }, () => mark(picture, name));
  if (!marked) return 'busy';
  keep(key, marked);
  return marked;
}

import { pictureLanes, sharp } from '#lib/core/threads/image-runtime.ts';
import { fontFile } from '#lib/payments/receipt/fonts.ts';

/** One sample on a contact sheet. */
export type Sample = { readonly title: string; readonly picture: Buffer };

/** As many beside each other as buttons fit below. */
export const sheetColumns = 3;
/** Pixels. */
const cell = { width: 320, label: 44, gap: 8 } as const;
const tallest = 480;
/** Paper and ink of the site's light theme. */
const [paper, ink] = ['#FBFAF7', '#16181D'];
const marks: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

function labelOf(title: string): Promise<Buffer> {
  const text = title.replace(/[&<>]/g, (letter) => marks[letter] ?? letter);
  return sharp({
    text: {
      text: `<span foreground="${ink}">${text}</span>`,
      fontfile: fontFile('Vazirmatn-Bold.ttf'),
      font: 'Vazirmatn 16',
      dpi: 96,
      rgba: true,
    },
  })
    .png()
    .toBuffer();
}

/**
 * Samples of one photo on one sheet, in rows of three in the order in which they are given, each with its title under it; right to
 * left where that is how people read. JPEG, 1000 pixels wide. Null when there are too many pictures at work.
 *
 * @param whose Who wants it: those who want much take turns with those who want little.
 */
export async function makeSheet(
  samples: readonly Sample[],
  isRightToLeft: boolean,
  whose: string,
): Promise<Buffer | null> {
  const [first] = samples;
  if (!first) return null;
  return pictureLanes.run({ lane: 'person', whose, weight: 2 }, async () => {
    const { width = 1, height = 1 } = await sharp(first.picture).metadata();
    const high = Math.min(tallest, Math.max(80, Math.round((cell.width * height) / width)));
    const step = { x: cell.width + cell.gap, y: high + cell.label + cell.gap };
    const rows = Math.ceil(samples.length / sheetColumns);
    const placed = await Promise.all(
      samples.map(async ({ title, picture }, at) => {
        const column = isRightToLeft ? sheetColumns - 1 - (at % sheetColumns) : at % sheetColumns;
        const left = cell.gap + column * step.x;
        const top = cell.gap + Math.floor(at / sheetColumns) * step.y;
        const label = await labelOf(title);
        const { width: wide = 0, height: tall = 0 } = await sharp(label).metadata();
        const input = await sharp(picture).resize(cell.width, high, { fit: 'cover' }).png().toBuffer();
        return [
          { input, left, top },
          {
            input: label,
            left: left + Math.max(0, Math.round((cell.width - wide) / 2)),
            top: top + high + Math.max(0, Math.round((cell.label - tall) / 2)),
          },
        ];
      }),
    );
    return sharp({
      create: {
        width: cell.gap + sheetColumns * step.x,
        height: cell.gap + rows * step.y,
        channels: 3,
        background: paper,
      },
    })
      .composite(placed.flat())
      .jpeg({ quality: 82 })
      .toBuffer();
  });
}

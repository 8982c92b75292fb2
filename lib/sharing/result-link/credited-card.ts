import { fail, type Result, succeed } from '#lib/core/result.ts';
import { pictureLanes, pictureRetrySeconds, sharp } from '#lib/core/threads/image-runtime.ts';
import { card, paper, readCard } from '#lib/files/image/read-card.ts';
import { creditText } from '#lib/gallery/look/credit-text.ts';
import type { LookCredit } from '#lib/gallery/look/kinds.ts';
import { fontFile } from '#lib/payments/receipt/fonts.ts';

/** The height of the line under the picture, in pixels. */
const band = 60;
const mostLetters = 60;
/** The ink of the site's light theme. */
const ink = '#16181D';

/** As many letters as the line holds. */
function captionOf(credit: LookCredit | null): string | null {
  const said = creditText(credit);
  if (said === null) return null;
  const letters = [...said];
  return letters.length > mostLetters ? `${letters.slice(0, mostLetters - 1).join('')}…` : said;
}

const marks: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

async function write(picture: Buffer, caption: string): Promise<Buffer> {
  const escaped = caption.replace(/[&<>]/g, (letter) => marks[letter] ?? letter);
  const words = await sharp({
    text: {
      text: `<span foreground="${ink}">${escaped}</span>`,
      fontfile: fontFile('Vazirmatn-Bold.ttf'),
      font: 'Vazirmatn 22',
      dpi: 96,
      rgba: true,
    },
  })
    .png()
    .toBuffer({ resolveWithObject: true });
  const height = card.height - band;
  const width = Math.round((card.width * height) / card.height);
  const left = Math.floor((card.width - width) / 2);
  return sharp(picture)
    .resize({ width, height })
    .extend({ left, right: card.width - width - left, bottom: band, background: paper })
    .composite([
      {
        input: words.data,
        left: Math.max(0, Math.round((card.width - words.info.width) / 2)),
        top: Math.round(height + (band - card.margin / 2 - words.info.height) / 2),
      },
    ])
    .jpeg({ quality: 82, mozjpeg: true })
    .toBuffer();
}

/**
 * The card of a result with the picture and the shop whose look it was made in written under it. That line is written at
 * each request: a shop that is gone, or a picture that was withdrawn, is not on a card any more. Fails as
 * {@link readCard} does.
 */
export async function readCreditedCard(fileId: string, credit: LookCredit | null): Promise<Result<Buffer>> {
  const plain = await readCard(fileId, 'visitor');
  const caption = captionOf(credit);
  if (!plain.ok || caption === null) return plain;
  const bytes = await pictureLanes.run({ lane: 'visitor', whose: fileId }, () => write(plain.value, caption));
  if (bytes) return succeed(bytes);
  const retryAfterSeconds = pictureRetrySeconds;
  return fail('service.unavailable', 'too many pictures are being made', { retryAfterSeconds });
}

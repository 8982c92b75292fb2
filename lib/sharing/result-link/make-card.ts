import { pictureSlots, sharp } from '#lib/core/threads/image-runtime.ts';

/** What the Open Graph protocol's readers show without cutting. */
const card = { width: 1200, height: 630, margin: 24 } as const;
/** The paper of the site's light theme. */
const paper = '#FBFAF7';

/** A picture, whole, on a card for other sites; JPEG. Null when too many pictures are being made. */
export async function makeCard(picture: Buffer): Promise<Buffer | null> {
  return pictureSlots.run(1, () =>
    sharp(picture)
      .resize({
        width: card.width - 2 * card.margin,
        height: card.height - 2 * card.margin,
        fit: 'contain',
        background: paper,
      })
      .extend({
        top: card.margin,
        bottom: card.margin,
        left: card.margin,
        right: card.margin,
        background: paper,
      })
      .flatten({ background: paper })
      .jpeg({ quality: 82, mozjpeg: true })
      .toBuffer(),
  );
}

import { describe, expect, it } from 'vitest';
import { decodePhoto } from '#lib/styles/node/decode-photo.ts';
import { nodeModels } from '#lib/styles/node/models.ts';
import { studyReference } from '#lib/styles/paint/looks/study-reference.ts';
import { hex } from '#lib/styles/paint/raster.ts';
import { demoPictures } from '#scripts/seed/demo-album.ts';
import { demoShops } from '#scripts/seed/demo-gallery.ts';

describe('the shade cards of the demo', () => {
  it.each(
    Object.values(demoShops).flatMap(({ albums }) =>
      albums.flatMap(({ images }) => images.filter(({ kind }) => kind === 'hair' || kind === 'makeup')),
    ),
  )(
    'say every shade, of hair as of powder, and what the shop says first is one of them: $picture',
    async (card) => {
      const { shades, isProduct } = await studyReference(
        await decodePhoto(await demoPictures[card.picture](), 768),
        null,
        nodeModels,
      );
      expect(isProduct).toBe(true);
      expect(shades).toHaveLength(card.kind === 'hair' ? 5 : 6);
      const nearest = (wanted: string) =>
        Math.min(
          ...shades.map((shade) =>
            Math.max(...hex(shade).map((value, c) => Math.abs(value - (hex(wanted)[c] ?? 0)))),
          ),
        );
      for (const said of Object.values(card.shades ?? {})) expect(nearest(said)).toBeLessThan(0.06);
    },
  );
});

import { type StyleName, styles } from '#lib/styles/catalogue.ts';

/** How far the previews of a photo are: the address of each that is there, and whether all are. */
export type PreviewProgress = {
  readonly imageId: string;
  readonly previews: Partial<Readonly<Record<StyleName, string>>>;
  readonly done: boolean;
};

export function toPreviewProgress(
  imageId: string,
  ready: readonly string[],
  edition: number,
): PreviewProgress {
  const made = styles.filter(({ name }) => ready.includes(name));
  return {
    imageId,
    previews: Object.fromEntries(
      made.map(({ name }) => [name, `/api/previews/${imageId}/${name}?v=${edition}`]),
    ),
    done: made.length === styles.length,
  };
}

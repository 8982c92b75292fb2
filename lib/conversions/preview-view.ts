import { type StyleName, styles } from '#lib/styles/catalogue.ts';

/** How far the previews of a photo are: the address of each that is there, and whether all are. */
export type PreviewProgress = {
  readonly imageId: string;
  readonly previews: Partial<Readonly<Record<StyleName, string>>>;
  readonly done: boolean;
};

export function toPreviewProgress(
  imageId: string,
  ready: readonly StyleName[],
  edition: number,
): PreviewProgress {
  const address = (style: StyleName) => [style, `/api/previews/${imageId}/${style}?v=${edition}`] as const;
  return {
    imageId,
    previews: Object.fromEntries(ready.map(address)),
    done: ready.length === styles.length,
  };
}

/** A table that leaves the house: numbers stay numbers, and its rows are read as somebody takes them. */
export type Cell = string | number | bigint | null;
export type ExportTable = {
  readonly columns: readonly string[];
  readonly rows: AsyncIterable<readonly Cell[]>;
};

export const exportFormats = ['csv', 'xlsx'] as const;
export type ExportFormat = (typeof exportFormats)[number];

/** A table that leaves the house: numbers stay numbers, and its rows are read as somebody takes them. */
export type Cell = string | number | bigint | null;
export type ExportTable = {
  readonly columns: readonly string[];
  readonly rows: AsyncIterable<readonly Cell[]>;
};

export const exportFormats = ['csv', 'xlsx'] as const;
export type ExportFormat = (typeof exportFormats)[number];
/** What a browser is told that a file of each format is. */
export const exportTypes: Readonly<Record<ExportFormat, string>> = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
};

import { AsyncLocalStorage } from 'node:async_hooks';
import type { Cell, ExportTable } from './table.ts';

/**
 * A cell by RFC 4180. What a spreadsheet would take for a formula begins with an apostrophe. Whatever any of them takes
 * for the end of a cell is quoted: opened by a double click, LibreOffice splits at commas, semicolons and tabs alike.
 */
export function csvCell(cell: Cell): string {
  if (typeof cell === 'number' || typeof cell === 'bigint') return String(cell);
  const plain = cell ?? '';
  const safe = /^[=+\-@\t\r]/.test(plain) ? `'${plain}` : plain;
  return /[",;\s]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

const line = (cells: readonly Cell[]) => `${cells.map(csvCell).join(',')}\r\n`;

async function* pieces({ columns, rows }: ExportTable): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder();
  yield encoder.encode(`\uFEFF${line(columns)}`);
  for await (const row of rows) yield encoder.encode(line(row));
}

/** A table as CSV, as somebody reads it, in the name of who asked for it. Excel reads UTF-8 only behind the mark it begins with. */
export function writeCsv(table: ExportTable): ReadableStream<Uint8Array> {
  const written = pieces(table);
  // Whoever reads on does so outside of the request, where nobody acts and no row is seen.
  const inRequest = AsyncLocalStorage.snapshot();
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { done, value } = await inRequest(() => written.next());
      if (done) controller.close();
      else controller.enqueue(value);
    },
    async cancel() {
      await written.return(undefined);
    },
  });
}

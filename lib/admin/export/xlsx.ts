import { AsyncLocalStorage } from 'node:async_hooks';
import { makeZip } from 'client-zip';
import type { Cell, ExportTable } from '#lib/core/table/table.ts';

/**
 * One sheet of a workbook (ECMA-376, "Strict" of it is not needed to be read by Excel and LibreOffice): texts stand in their
 * cells, numbers are numbers. Written as a stream, so that a month of any length takes no room.
 */

const declaration = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const relations = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const packages = 'http://schemas.openxmlformats.org/package/2006';
const officeType = 'application/vnd.openxmlformats-officedocument.spreadsheetml';

const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
/** What XML 1.0 cannot hold at all is left out. */
const escapeXml = (text: string) =>
  text
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the ones that make a file unreadable
    .replaceAll(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g, '')
    .replaceAll(/[&<>"]/g, (sign) => escapes[sign] ?? sign);

function cellXml(cell: Cell): string {
  if (cell === null || cell === '') return '<c/>';
  if (typeof cell === 'number' || typeof cell === 'bigint') return `<c><v>${cell}</v></c>`;
  return `<c t="inlineStr"><is><t xml:space="preserve">${escapeXml(cell)}</t></is></c>`;
}

const rowXml = (cells: readonly Cell[]) => `<row>${cells.map(cellXml).join('')}</row>`;

async function* sheet({ columns, rows }: ExportTable, isRightToLeft: boolean): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder();
  const view = `<sheetViews><sheetView workbookViewId="0"${isRightToLeft ? ' rightToLeft="1"' : ''}><pane ySplit="1" topLeftCell="A2" state="frozen"/></sheetView></sheetViews>`;
  yield encoder.encode(
    `${declaration}<worksheet xmlns="${main}">${view}<sheetFormatPr defaultColWidth="16" defaultRowHeight="15"/><sheetData>${rowXml(columns)}`,
  );
  for await (const row of rows) yield encoder.encode(rowXml(row));
  yield encoder.encode('</sheetData></worksheet>');
}

const parts = (name: string) => [
  {
    name: '[Content_Types].xml',
    input: `${declaration}<Types xmlns="${packages}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${officeType}.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="${officeType}.worksheet+xml"/></Types>`,
  },
  {
    name: '_rels/.rels',
    input: `${declaration}<Relationships xmlns="${packages}/relationships"><Relationship Id="rId1" Type="${relations}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
  },
  {
    name: 'xl/workbook.xml',
    input: `${declaration}<workbook xmlns="${main}" xmlns:r="${relations}"><sheets><sheet name="${escapeXml(name)}" sheetId="1" r:id="rId1"/></sheets></workbook>`,
  },
  {
    name: 'xl/_rels/workbook.xml.rels',
    input: `${declaration}<Relationships xmlns="${packages}/relationships"><Relationship Id="rId1" Type="${relations}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`,
  },
];

/** A table as a workbook with one sheet. `name`: at most 31 letters, without `: \ / ? * [ ]`. */
export function writeXlsx(
  table: ExportTable,
  { name, isRightToLeft }: { name: string; isRightToLeft: boolean },
): ReadableStream<Uint8Array> {
  // Whoever reads on does so outside of the request, where nobody acts and no row is seen.
  const inRequest = AsyncLocalStorage.snapshot();
  const rows = table.rows[Symbol.asyncIterator]();
  const kept = {
    columns: table.columns,
    rows: { [Symbol.asyncIterator]: () => ({ next: () => inRequest(() => rows.next()) }) },
  };
  return makeZip([...parts(name), { name: 'xl/worksheets/sheet1.xml', input: sheet(kept, isRightToLeft) }]);
}

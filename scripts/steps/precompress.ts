import { readdirSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

/** What gains by being packed; pictures, fonts and models are packed already. */
export const packable: ReadonlySet<string> = new Set(['.js', '.css', '.json', '.svg', '.wasm']);
/** Shorter files fit into one packet as they are. */
const leastBytes = 1024;
/** Longer ones would hold a build up by half a minute for a tenth of their length. */
const mostSlowly = 4 * 2 ** 20;

/**
 * Puts a `.br` and a `.gz` beside every script and style of a build, so that no server packs them anew for each visit.
 * Where packing brings nothing there is none.
 */
export async function precompress(folder: string): Promise<void> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && packable.has(extname(entry.name)))
    .map((entry) => join(entry.parentPath, entry.name));
  for (const file of files) {
    const bytes = await readFile(file);
    if (bytes.length < leastBytes) continue;
    const [brotli, gzipped] = await Promise.all([
      promisify(brotliCompress)(bytes, {
        params: {
          [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
          [constants.BROTLI_PARAM_QUALITY]: bytes.length > mostSlowly ? 9 : constants.BROTLI_MAX_QUALITY,
        },
      }),
      promisify(gzip)(bytes, { level: 9 }),
    ]);
    if (brotli.length < bytes.length) await writeFile(`${file}.br`, brotli);
    if (gzipped.length < bytes.length) await writeFile(`${file}.gz`, gzipped);
  }
}

import { createHash } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** The last line names the file's own map, the only thing in which two copies differ. */
const mapLine = /\n\/\/# sourceMappingURL=\S+\s*$/;
/** Shorter chunks are not worth a second file to open. */
const leastBytes = 4096;

/**
 * The bundler writes what several routes share once for each of them, word for word: nineteen copies of 1.5 MB, and every
 * one of them stays in memory as the text of a script that was loaded. All copies but one become a line that requires the
 * one, which the runtime reads as it would have read the copy.
 *
 * @param folder where the server's chunks lie
 * @returns how many bytes of scripts are no longer written twice
 */
export async function shareChunks(folder: string): Promise<number> {
  const firsts = new Map<string, string>();
  let saved = 0;
  for (const name of readdirSync(folder).sort()) {
    if (!name.endsWith('.js')) continue;
    const text = await readFile(join(folder, name), 'utf8');
    if (text.length < leastBytes || !text.startsWith('module.exports=[')) continue;
    const hash = createHash('sha256').update(text.replace(mapLine, '')).digest('base64');
    const first = firsts.get(hash);
    if (first === undefined) {
      firsts.set(hash, name);
      continue;
    }
    await writeFile(join(folder, name), `module.exports=require(${JSON.stringify(`./${first}`)});\n`);
    await rm(join(folder, `${name}.map`), { force: true });
    saved += text.length;
  }
  return saved;
}

import { readdirSync, readFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { basename, extname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { Notice, runScript } from './steps/progress.ts';

const usage = `Usage: npm run judge:parts -- FOLDER POLYGONS.json [--photo NAME=FILE]... [--taps A_PERSON] [--only NAME]... [--out FOLDER]
FOLDER has the photos. POLYGONS.json has by the name of each photo (or how it begins) what was drawn by hand over it:
"clothes", "hair" and "ignore", each a list of polygons, each a list of [x, y] in shares of width and height.
Prints the overlap (intersection over union) of what the studio shows with what was drawn: by itself, and after each round of
a tap for every person where it is most wrong (2 rounds unless told). --out writes pictures of both to look at.`;

/** As large as a photo is in the studio where taps are given. */
const side = 1024;

function readArguments() {
  const { values, positionals } = (() => {
    try {
      return parseArgs({
        allowPositionals: true,
        options: {
          photo: { type: 'string', multiple: true },
          only: { type: 'string', multiple: true },
          taps: { type: 'string' },
          out: { type: 'string' },
        },
      });
    } catch (error) {
      throw new Notice(`${(error as Error).message}\n${usage}`);
    }
  })();
  const [folder, polygons] = positionals;
  const rounds = Number(values.taps ?? 2);
  if (!folder || !polygons || positionals.length > 2 || !Number.isInteger(rounds) || rounds < 0 || rounds > 8)
    throw new Notice(usage);
  const from = (path: string) => resolve(process.env.INVOKED_FROM ?? process.cwd(), path);
  const named = new Map(
    (values.photo ?? []).map((text) => {
      const at = text.indexOf('=');
      if (at < 1) throw new Notice(usage);
      return [text.slice(0, at), from(text.slice(at + 1))] as const;
    }),
  );
  const out = values.out === undefined ? null : from(values.out);
  return { folder: from(folder), polygons: from(polygons), named, only: values.only ?? [], rounds, out };
}

/** The one photo of a folder that has this name, or whose name begins with it. */
function photoOf(folder: string, name: string): string | null {
  const photos = readdirSync(folder).filter((file) => /\.(jpe?g|png|webp|avif|tiff?)$/i.test(file));
  const same = photos.find((file) => file === name || basename(file, extname(file)) === name);
  const alike = photos.filter((file) => file.startsWith(name));
  const found = same ?? (alike.length === 1 ? alike[0] : undefined);
  return found === undefined ? null : join(folder, found);
}

function fileOrNotice(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch (error) {
    throw new Notice(`${path} cannot be read: ${(error as Error).message}`);
  }
}

await runScript(async () => {
  const { folder, polygons, named, only, rounds, out } = readArguments();
  const { drawnInput } = await import('./judge-parts/drawn.ts');
  const { judgedParts, judgePhoto } = await import('./judge-parts/judge-photo.ts');
  const { writeJudged } = await import('./judge-parts/write-judged.ts');
  const { decodePhoto } = await import('#lib/styles/node/decode-photo.ts');
  const { nodeModels } = await import('#lib/styles/node/models.ts');
  const { readPeople } = await import('#lib/styles/paint/looks/read-people.ts');
  const parsed = (() => {
    try {
      return drawnInput.parse(JSON.parse(fileOrNotice(polygons).toString('utf8')));
    } catch (error) {
      if (error instanceof Notice) throw error;
      throw new Notice(`${polygons} is not what it should be: ${(error as Error).message}\n${usage}`);
    }
  })();
  if (out) await mkdir(out, { recursive: true });
  const parts = Object.keys(judgedParts) as (keyof typeof judgedParts)[];
  const all: Record<string, number[][]> = {};
  const line = (name: string, what: string, overlaps: readonly number[], rest = '') =>
    process.stdout.write(
      `${name.padEnd(16)} ${what.padEnd(8)} ${overlaps.map((one) => one.toFixed(3)).join('  ')}  ${rest}\n`,
    );
  process.stdout.write(
    `${'photo'.padEnd(16)} ${'part'.padEnd(8)} itself ${Array.from({ length: rounds }, (_, k) => `${k + 1} tap${k ? 's' : ''}`.padStart(6)).join(' ')}\n`,
  );
  for (const [name, drawn] of Object.entries(parsed)) {
    if (only.length > 0 && !only.includes(name)) continue;
    const path = named.get(name) ?? photoOf(folder, name);
    if (!path) {
      process.stdout.write(`${name.padEnd(16)} has no photo here; name it with --photo ${name}=FILE\n`);
      continue;
    }
    const photo = await decodePhoto(fileOrNotice(path), side);
    const people = await readPeople(photo, nodeModels);
    for (const part of parts) {
      if (!drawn[part]?.length) continue;
      const judged = judgePhoto(photo, people, { part, drawn, rounds });
      all[part] = [...(all[part] ?? []), [...judged.overlaps]];
      line(
        name,
        part,
        judged.overlaps,
        `${people.people.length} ${people.people.length === 1 ? 'person' : 'people'}, ${judged.taps.length} taps`,
      );
      if (out) await writeJudged(photo, judged, join(out, `${name}-${part}.jpg`));
    }
  }
  for (const [part, rows] of Object.entries(all)) {
    const mean = (rows[0] ?? []).map(
      (_, k) => rows.reduce((sum, row) => sum + (row[k] as number), 0) / rows.length,
    );
    line(`mean of ${rows.length}`, part, mean);
  }
  return 0;
});

import { globSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * V8's explicit compile hint (https://v8.dev/blog/explicit-compile-hints): what a file holds is compiled while it arrives, on
 * another thread. Other engines read a comment.
 */
export const compileHint = '//# allFunctionsCalledOnLoad\n';
const mapLine = /\n\/\/# sourceMappingURL=\S+\s*$/;

/** The scripts that pages load with themselves, by their places in the build; not those of workers or of what is opened later. */
async function pageScripts(build: string): Promise<Set<string>> {
  const { rootMainFiles } = JSON.parse(await readFile(join(build, 'build-manifest.json'), 'utf8')) as {
    rootMainFiles: string[];
  };
  const names = new Set(rootMainFiles);
  for (const manifest of globSync('server/app/**/*_client-reference-manifest.js', { cwd: build })) {
    const text = await readFile(join(build, manifest), 'utf8');
    for (const [name] of text.matchAll(/static\/chunks\/[\w.~-]+\.js/g)) names.add(name);
  }
  return names;
}

/**
 * Puts the hint before the scripts of pages. The bundler hands every module over as a function, which an engine only skims
 * when it arrives, and compiles on the page's own thread when it is first called, all modules in one task: a quarter of what
 * a page's thread has to do until it answers. A script with a map stays as it is, because a line before it would make the map
 * untrue; so does a worker's, whose own thread would have to compile all of it first.
 *
 * @param build where a build of the framework lies
 * @returns how many scripts have the hint
 */
export async function hintScripts(build: string): Promise<number> {
  let hinted = 0;
  for (const name of await pageScripts(build)) {
    const file = join(build, name);
    const text = await readFile(file, 'utf8');
    if (mapLine.test(text)) continue;
    hinted += 1;
    if (!text.startsWith(compileHint)) await writeFile(file, compileHint + text);
  }
  return hinted;
}

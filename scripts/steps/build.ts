import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readActionKey } from '#lib/core/env/env.ts';
import { fingerprint } from './fingerprint.ts';
import { hintScripts } from './hint-scripts.ts';
import { precompress } from './precompress.ts';
import { Notice, step } from './progress.ts';
import { root } from './root.ts';
import { shareChunks } from './share-chunks.ts';

/** Runs a program to its end and gives its output; throws a {@link Notice} with the tail when it fails. */
async function runQuietly(
  title: string,
  file: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv,
): Promise<void> {
  const child = spawn(file, args, { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk));
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  if (code !== 0) throw new Notice(`${title} failed:\n${output.slice(-6000)}`);
}

async function whenChanged(stampFile: string, stamp: string, work: () => Promise<void>): Promise<void> {
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp) return;
  await work();
  writeFileSync(stampFile, stamp);
}

/** Makes the database client from schema.prisma when that has changed. */
export async function generateClient(): Promise<void> {
  const folder = join(root, 'prisma', 'generated');
  const stamp = fingerprint(root, ['prisma/schema.prisma', 'prisma.config.ts', 'package-lock.json']);
  await whenChanged(join(folder, '.stamp'), stamp, () =>
    step('Generating the database client', async () => {
      await runQuietly(
        'prisma generate',
        process.execPath,
        [join(root, 'node_modules/prisma/build/index.js'), 'generate'],
        process.env,
      );
      mkdirSync(folder, { recursive: true });
    }),
  );
}

const buildInputs = [
  'app',
  'components',
  'lib',
  'messages',
  'prisma',
  'public',
  'proxy.ts',
  'instrumentation.ts',
  'next.config.mjs',
  'postcss.config.mjs',
  'tailwind.config.ts',
  'tsconfig.json',
  'package-lock.json',
];

/** Where the build lies: several of one tree can live side by side. */
export const buildFolder = () => join(root, process.env.NEXT_DIST_DIR ?? '.next');
const stampFile = () => join(buildFolder(), 'BUILD_STAMP');
const releaseFile = () => join(buildFolder(), 'RELEASE');

/** Whether the web app that lies here was built from this very tree. */
export function isBuildCurrent(): boolean {
  return existsSync(stampFile()) && readFileSync(stampFile(), 'utf8') === fingerprint(root, buildInputs);
}

/** What the build that lies here is called in the requests of its pages; null where none does. */
export function builtRelease(): string | null {
  return existsSync(releaseFile()) ? readFileSync(releaseFile(), 'utf8') : null;
}

/** The key that the build's server actions were named with; null where there is no build. */
export function builtActionKey(): string | null {
  const manifest = join(buildFolder(), 'server', 'server-reference-manifest.json');
  if (!existsSync(manifest)) return null;
  return (JSON.parse(readFileSync(manifest, 'utf8')) as { encryptionKey?: string }).encryptionKey ?? null;
}

/**
 * Builds the web app for production when anything it is made of has changed. One tree makes one release on every machine,
 * and server actions keep their ids from release to release.
 */
export async function buildWeb(): Promise<void> {
  const stamp = fingerprint(root, buildInputs);
  await whenChanged(stampFile(), stamp, () =>
    step('Building the web app (about a minute)', async () => {
      const release = process.env.NEXT_DEPLOYMENT_ID || stamp.slice(0, 16);
      const env: NodeJS.ProcessEnv = {
        ...process.env,
        NODE_ENV: 'production',
        NEXT_TELEMETRY_DISABLED: '1',
        NEXT_SERVER_ACTIONS_ENCRYPTION_KEY: readActionKey(process.env),
        NEXT_DEPLOYMENT_ID: release,
      };
      await runQuietly('next build', process.execPath, [installedScript('next/dist/bin/next'), 'build'], env);
      await hintScripts(buildFolder());
      await precompress(join(buildFolder(), 'static'));
      for (const layer of ['chunks', 'chunks/ssr']) await shareChunks(join(buildFolder(), 'server', layer));
      writeFileSync(releaseFile(), release);
    }),
  );
}

/** The JavaScript file behind a package's program, to be run by this very Node.js. */
export function installedScript(path: string): string {
  return join(root, 'node_modules', path);
}

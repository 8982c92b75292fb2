import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { mkdir, readFile, rm, statfs, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createClient } from '@redis/client';
import { type Env, readActionKey } from '#lib/core/env/env.ts';
import { checkStoreMark } from '#lib/files/sweep/check-store-mark.ts';
import { openInventory } from '#lib/files/sweep/open-inventory.ts';
import { builtActionKey, isBuildCurrent } from '../steps/build.ts';
import { root } from '../steps/root.ts';
import { assets } from './assets.ts';
import { amber, type Check, green, red } from './finding.ts';

const gigabyte = 1024 ** 3;

export function checkNode(): Check {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  return major > 24 || (major === 24 && minor >= 7)
    ? green(`Node.js ${process.versions.node}`)
    : red(`Node.js ${process.versions.node}`, 'Use 24.7 or newer, or start by npm run.');
}

export function checkBuild(): Check {
  return isBuildCurrent()
    ? green('the web app is built from this tree')
    : amber('the web app is not built, or from another tree', 'Run npm run build; npm run web does it too.');
}

/** Fonts and models, byte for byte what they were when the pictures in the documents were made. */
export async function checkAssets(): Promise<Check> {
  const wrong: string[] = [];
  for (const [path, sha256] of Object.entries(assets)) {
    const bytes = await readFile(join(root, path)).catch(() => null);
    if (!bytes || createHash('sha256').update(bytes).digest('hex') !== sha256) wrong.push(path);
  }
  return wrong.length === 0
    ? green(`${Object.keys(assets).length} fonts and models are as they should be`)
    : red(
        `missing or changed: ${wrong.join(', ')}`,
        'Bring them back from git; a shallow copy may have left them out.',
      );
}

/** Writes where pictures are written, and looks how much room there is. */
export async function checkDisk({ dataDir, storage }: Env): Promise<Check[]> {
  const folder = storage.kind === 'local' ? join(dataDir, 'files') : dataDir;
  const probe = join(folder, `.doctor-${process.pid}`);
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await writeFile(probe, 'x', { mode: 0o600, flag: 'wx' });
  } catch (error) {
    const { code = 'unknown' } = error as NodeJS.ErrnoException;
    return [
      red(`${folder} cannot be written (${code})`, 'Mount it, or give it to the account that runs this.'),
    ];
  } finally {
    await rm(probe, { force: true }).catch(() => undefined);
  }
  const { bavail, bsize, ffree, files } = await statfs(folder);
  const free = (bavail * bsize) / gigabyte;
  const says = `${folder} can be written; ${free.toFixed(1)} GB are free`;
  const todo = 'A photo with its sizes and its result takes about 3 MB: make room.';
  const room = free < 1 ? red(says, todo) : free < 10 ? amber(says, todo) : green(says);
  const isShortOfNames = files > 0 && ffree / files < 0.05;
  return isShortOfNames
    ? [room, amber('the disk has few inodes left', 'Every picture is several files.')]
    : [room];
}

/** Whether forms that are open in a browser go on working with this build. */
export function checkActionKey(source: NodeJS.ProcessEnv): Check {
  const built = builtActionKey();
  if (built === null) return amber('nothing is built here', 'Run npm run build.');
  return built === readActionKey(source)
    ? green('server actions keep their ids from build to build')
    : red(
        'this build names its server actions by another key than the installation',
        'Set NEXT_SERVER_ACTIONS_ENCRYPTION_KEY (openssl rand -base64 32) where you build and where you run, and build again: else each release breaks open forms.',
      );
}

/** Whether the pictures here are those of the database. */
export async function checkMark({ embedded }: Env): Promise<Check> {
  if (!embedded.uploads) return green('pictures lie at the upload service');
  const marked = await checkStoreMark(openInventory(), false);
  return marked.ok
    ? green('pictures and database belong together')
    : red(
        marked.detail,
        'Mount the folder that belongs to this database as DATA_DIR/files, or name its bucket.',
      );
}

export function checkBackups({ dataDir }: Env): Check {
  const folder = join(dataDir, 'backups');
  const times = existsSync(folder)
    ? readdirSync(folder)
        .filter((name) => existsSync(join(folder, name, 'manifest.json')))
        .map((name) => statSync(join(folder, name)).mtimeMs)
    : [];
  const hours = (Date.now() - Math.max(0, ...times)) / 3_600_000;
  if (times.length === 0)
    return amber('no backup under DATA_DIR/backups', 'Run npm run backup every night, to another disk too.');
  return hours > 48
    ? amber(`the newest backup is ${Math.floor(hours / 24)} days old`, 'Run npm run backup every night.')
    : green(`the newest backup is ${Math.floor(hours)} hours old`);
}

export function checkDescriptors(): Check {
  const limits = existsSync('/proc/self/limits') ? readFileSync('/proc/self/limits', 'utf8') : '';
  const most = Number(/^Max open files\s+(\d+)/m.exec(limits)?.[1] ?? Number.NaN);
  if (Number.isNaN(most)) return green('this platform does not say how many files may be open');
  const says = `${most} files and connections may be open`;
  if (most < 1024) return red(says, 'Set LimitNOFILE=65536, or ulimits in compose.');
  return most < 4096 ? amber(says, 'Event streams keep connections: set LimitNOFILE=65536.') : green(says);
}

export async function checkRedis({ redisUrl }: Env): Promise<Check[]> {
  if (!redisUrl) return [];
  const client = createClient({ url: redisUrl, socket: { connectTimeout: 2000, reconnectStrategy: false } });
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.ping();
    const { maxmemory_policy: policy } = (await client.configGet('maxmemory-policy').catch(() => ({}))) as {
      maxmemory_policy?: string;
    };
    return [green(`Redis or Valkey answers${policy ? ` (${policy})` : ''}`)];
  } catch {
    return [red('REDIS_URL does not answer', 'Until it does the database counts every limit: start it.')];
  } finally {
    client.destroy();
  }
}

// Runs a command of this project on a machine that has only Node.js 20+ and npm: installs the packages when
// they are missing or out of date, then hands over to the Node.js that the project pins. The only code that
// an older system Node ever sees.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { allocator, nodeFlags } from './steps/node-flags.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const stampFile = join(root, 'node_modules', '.installed');
const [command, ...rest] = process.argv.slice(2);

function fail(message) {
  console.error(`\n${message}\n`);
  process.exit(1);
}

function isAtLeast(version, major, minor) {
  const [a, b] = version.replace(/^v/, '').split('.').map(Number);
  return a > major || (a === major && b >= minor);
}

function wantedStamp() {
  const hash = createHash('sha256');
  for (const name of ['package.json', 'package-lock.json']) hash.update(readFileSync(join(root, name)));
  return `${hash.digest('hex')} ${process.platform}-${process.arch}`;
}

function install() {
  console.log('Installing packages (one to two minutes the first time)');
  const started = Date.now();
  const seconds = () => Math.round((Date.now() - started) / 1000);
  const ticker = setInterval(() => console.log(`  … ${seconds()} s`), 10_000);
  const arguments_ = ['ci', '--prefer-offline', '--no-audit', '--no-fund', '--loglevel=error'];
  const npm = process.env.npm_execpath;
  const [file, args] = npm?.endsWith('.js') ? [process.execPath, [npm, ...arguments_]] : ['npm', arguments_];
  // npm would otherwise leave out development packages, which building and testing need.
  const env = { ...process.env, NODE_ENV: '', npm_config_omit: '', npm_config_production: '' };
  const child = spawn(file, args, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'], env });
  return new Promise((resolve) => {
    child.on('error', (error) => fail(`npm could not be started: ${error.message}`));
    child.on('exit', (code) => {
      clearInterval(ticker);
      if (code !== 0)
        fail('The packages could not be installed; npm says why above. Run the command again to retry.');
      writeFileSync(stampFile, wantedStamp());
      console.log(`Packages installed in ${seconds()} s`);
      resolve();
    });
  });
}

/** The pinned Node.js when there is one for this platform, else a new enough system one. */
function projectNode() {
  const pinned = join(root, 'node_modules', '.bin', process.platform === 'win32' ? 'node.cmd' : 'node');
  if (existsSync(pinned) && spawnSync(pinned, ['--version']).status === 0) return pinned;
  if (isAtLeast(process.version, 24, 7)) return process.execPath;
  return fail(
    `This platform (${process.platform}-${process.arch}) has no pinned Node.js package, so Node.js 24.7 or newer must be installed; this is ${process.version}. Get it from https://nodejs.org.`,
  );
}

if (!isAtLeast(process.version, 20, 0)) fail(`Node.js 20 or newer is needed; this is ${process.version}.`);
if (!command) fail('Usage: node scripts/bootstrap.mjs COMMAND');

const installed = existsSync(stampFile) ? readFileSync(stampFile, 'utf8') : '';
if (installed !== wantedStamp()) await install();

const child = spawn(
  projectNode(),
  [...nodeFlags(command, rest), join(root, 'scripts', `${command}.ts`), ...rest],
  {
    cwd: command === 'convert' ? process.cwd() : root,
    stdio: 'inherit',
    env: {
      ...allocator,
      ...process.env,
      INVOKED_FROM: process.env.INIT_CWD ?? process.cwd(),
      NEXT_TELEMETRY_DISABLED: '1',
      // Sources without their types are kept compiled: a worker starts with a second less of work, and neither its process
      // nor its threads load what takes the types out, some six megabytes in each. Where it cannot be written, nothing is kept.
      NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE ?? join(root, 'node_modules', '.cache', 'compiled'),
      // A command for people prints sentences; what goes wrong inside still shows.
      ...(command === 'convert' && !process.env.LOG_LEVEL ? { LOG_LEVEL: 'warn' } : {}),
      PATH: `${join(root, 'node_modules', '.bin')}${process.platform === 'win32' ? ';' : ':'}${process.env.PATH}`,
    },
  },
);
// The terminal sends Ctrl-C to the whole group; npm and others signal only us. Once is enough for the child.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
child.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' ? 130 : 143)));

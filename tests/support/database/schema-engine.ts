import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { SchemaEngine } from '@prisma/schema-engine-wasm';
import { readMigrations } from '#lib/db/migration-files.ts';
import { migrationAdapter, openMigrationPool } from './migration-adapter.ts';

/** `schema.prisma`, as the engine reads it. */
export async function readSchema(): Promise<{ path: string; content: string }> {
  const file = new URL('../../../prisma/schema.prisma', import.meta.url);
  return { path: fileURLToPath(file), content: await readFile(file, 'utf8') };
}

/** The migrations on disk, as the engine reads them. */
export async function engineMigrations() {
  const folder = new URL('../../../prisma/migrations/', import.meta.url);
  const lockfile = new URL('migration_lock.toml', folder);
  return {
    baseDir: fileURLToPath(folder),
    lockfile: { path: 'migration_lock.toml', content: await readFile(lockfile, 'utf8') },
    shadowDbInitScript: '',
    migrationDirectories: (await readMigrations()).map(({ name, sql }) => ({
      path: name,
      migrationFile: { path: 'migration.sql', content: { tag: 'ok' as const, value: sql } },
    })),
  };
}

/**
 * Prisma's schema engine, in WebAssembly: the same one that `prisma migrate` downloads, without the
 * download. Engine and connection are gone when the work is done.
 */
export async function withSchemaEngine<T>(
  databaseUrl: string,
  work: (engine: SchemaEngine) => Promise<T>,
): Promise<T> {
  const schema = await readSchema();
  const pool = openMigrationPool(databaseUrl);
  const adapter = migrationAdapter(pool);
  try {
    const engine = await SchemaEngine.new(
      { datamodels: [[schema.path, schema.content]] },
      () => undefined,
      adapter.bound,
    );
    const restoreTimers = releaseEngineTimers();
    try {
      return await work(engine);
    } catch (error) {
      const cause = adapter.serverError();
      if (cause instanceof Error) throw new Error(`${cause.message} (${firstLine(error)})`, { cause });
      throw error;
    } finally {
      restoreTimers();
      engine.free();
    }
  } finally {
    await pool.end();
  }
}

/** How long the engine waits for its own advisory lock. */
const engineLockTimeoutMs = 10_000;

/**
 * The engine never clears the timer of its lock, which would keep a finished process alive for ten seconds.
 * While it works, timers of exactly that length do not count as work; they still fire.
 */
function releaseEngineTimers(): () => void {
  const original = globalThis.setTimeout;
  const replacement = ((handler: (...args: unknown[]) => void, ms?: number, ...args: unknown[]) => {
    const timer = original(handler, ms, ...args);
    return ms === engineLockTimeoutMs ? timer.unref() : timer;
  }) as typeof setTimeout;
  globalThis.setTimeout = Object.assign(replacement, original);
  return () => {
    globalThis.setTimeout = original;
  };
}

function firstLine(error: unknown): string {
  return String(error instanceof Error ? error.message : error)
    .replace(/\s+/g, ' ')
    .slice(0, 200);
}

import { SchemaEngine } from '@prisma/schema-engine-wasm';
import { migrationAdapter, openMigrationPool } from './migration-adapter.ts';
import { readSchema } from './migration-files.ts';

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
    try {
      return await work(engine);
    } catch (error) {
      const cause = adapter.serverError();
      if (cause instanceof Error) throw new Error(`${cause.message} (${firstLine(error)})`, { cause });
      throw error;
    } finally {
      engine.free();
    }
  } finally {
    await pool.end();
  }
}

function firstLine(error: unknown): string {
  return String(error instanceof Error ? error.message : error)
    .replace(/\s+/g, ' ')
    .slice(0, 200);
}

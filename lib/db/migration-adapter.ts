import { PrismaPg } from '@prisma/adapter-pg';
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils';
import type { Pool } from 'pg';

type MigrationAdapter = Awaited<ReturnType<PrismaPg['connect']>>;

/**
 * The stock adapter cuts a script at every `;` and so breaks the body of a function. Here a script goes to
 * the server whole, as one simple query: the server itself splits it, and runs it as one transaction.
 * The server's own error is kept, because the engine passes on only that there was one.
 */
export class WholeScriptPrismaPg extends PrismaPg {
  scriptError: unknown = null;

  override async connect(): Promise<MigrationAdapter> {
    return this.#sendScriptsWhole(await super.connect());
  }

  override async connectToShadowDb(): Promise<MigrationAdapter> {
    return this.#sendScriptsWhole(await super.connectToShadowDb());
  }

  #sendScriptsWhole(adapter: MigrationAdapter): MigrationAdapter {
    adapter.executeScript = async (script) => {
      try {
        await adapter.underlyingDriver().query(script);
      } catch (error) {
        this.scriptError = error;
        throw error;
      }
    };
    return adapter;
  }
}

/** What the schema engine needs to reach a database through a pool that the caller opens and ends. */
export function migrationAdapter(pool: Pool) {
  const factory = new WholeScriptPrismaPg(pool);
  return { bound: bindMigrationAwareSqlAdapterFactory(factory), scriptError: () => factory.scriptError };
}

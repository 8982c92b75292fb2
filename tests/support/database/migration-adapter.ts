import { PrismaPg } from '@prisma/adapter-pg';
import { bindMigrationAwareSqlAdapterFactory, ColumnTypeEnum } from '@prisma/driver-adapter-utils';
import { Pool } from 'pg';

type MigrationAdapter = Awaited<ReturnType<PrismaPg['connect']>>;

/**
 * The catalogue's own one-byte type "char" is unknown to the adapter as a column. It knows the array of it, so
 * the pool below says that, and the answer is set right here.
 */
const charOid = 18;
const charArrayOid = 1002;

/**
 * The stock adapter cuts a script at every `;` and so breaks the body of a function. Here a script goes to
 * the server whole, as one simple query: the server itself splits it, and runs it as one transaction.
 * The server's own error is kept, because the engine passes on only that there was one.
 */
class WholeScriptPrismaPg extends PrismaPg {
  serverError: unknown = null;

  override async connect(): Promise<MigrationAdapter> {
    return this.#adapt(await super.connect());
  }

  override async connectToShadowDb(): Promise<MigrationAdapter> {
    return this.#adapt(await super.connectToShadowDb());
  }

  #adapt(adapter: MigrationAdapter): MigrationAdapter {
    const queryRaw = adapter.queryRaw.bind(adapter);
    adapter.executeScript = async (script) => {
      await this.#remember(adapter.underlyingDriver().query(script));
    };
    adapter.queryRaw = async (query) => {
      const result = await this.#remember(queryRaw(query));
      const columnTypes = result.columnTypes.map((type) =>
        type === ColumnTypeEnum.CharacterArray ? ColumnTypeEnum.Character : type,
      );
      return { ...result, columnTypes };
    };
    return adapter;
  }

  async #remember<T>(answer: Promise<T>): Promise<T> {
    try {
      return await answer;
    } catch (error) {
      this.serverError = error;
      throw error;
    }
  }
}

/** A pool of one connection (a migration is one conversation) through which the catalogue can be read whole. */
export function openMigrationPool(databaseUrl: string): Pool {
  const pool = new Pool({ connectionString: databaseUrl, max: 1 });
  const query: (...args: unknown[]) => Promise<{ fields?: { dataTypeID: number }[] }> = pool.query.bind(pool);
  pool.query = (async (...args: unknown[]) => {
    const result = await query(...args);
    for (const field of result.fields ?? []) {
      if (field.dataTypeID === charOid) field.dataTypeID = charArrayOid;
    }
    return result;
  }) as Pool['query'];
  return pool;
}

/** What the schema engine needs to reach a database through a pool that the caller opens and ends. */
export function migrationAdapter(pool: Pool) {
  const factory = new WholeScriptPrismaPg(pool);
  return { bound: bindMigrationAwareSqlAdapterFactory(factory), serverError: () => factory.serverError };
}

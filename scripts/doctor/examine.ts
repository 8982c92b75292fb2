import pg from 'pg';
import type { Env } from '#lib/core/env/env.ts';
import { checkBots } from './check-bots.ts';
import { checkBucket } from './check-bucket.ts';
import * as database from './check-database.ts';
import { checkEngineSettings, checkEngines } from './check-engines.ts';
import { checkHistory } from './check-history.ts';
import * as machine from './check-machine.ts';
import { checkPartsModel } from './check-parts-model.ts';
import { checkReports } from './check-reports.ts';
import * as settings from './check-settings.ts';
import { checkPooler, checkReplica } from './check-ways.ts';
import { type Finding, green, look, red } from './finding.ts';

async function examineBooks(): Promise<Finding[]> {
  return look('invariants', async () => {
    const { checkInvariants } = await import('#lib/operations/invariant/check-invariants.ts');
    const checked = await checkInvariants();
    const wrong = checked.filter(({ state }) => state !== 'holds');
    if (wrong.length === 0) return green(`all ${checked.length} things that must always hold do`);
    const todo = 'Run npm run check:invariants, and look before anybody pays again.';
    return wrong.map(({ name, state }) =>
      red(`${state === 'late' ? 'not read in time' : 'broken'}: ${name}`, todo),
    );
  });
}

async function examineDatabase(env: Env): Promise<Finding[]> {
  const client = new pg.Client({
    connectionString: env.databaseUrl,
    connectionTimeoutMillis: 5000,
    application_name: 'ai-stayler-doctor',
  });
  client.on('error', () => undefined);
  try {
    await client.connect();
  } catch {
    client.end().catch(() => undefined);
    return [{ part: 'database', ...red('it cannot be reached', 'Look at DATABASE_URL and the network.') }];
  }
  try {
    const found: Finding[] = [];
    const { checkServer, checkMigrations, checkExtensions, checkPermissions, checkDurability } = database;
    for (const check of [checkServer, checkMigrations, checkExtensions, checkPermissions, checkDurability])
      found.push(...(await look('database', () => check(client))));
    for (const check of [database.checkRoom, database.checkEncryption])
      found.push(...(await look('database', () => check(client))));
    found.push(...(await look('clock', () => database.checkClock(client))));
    found.push(...(await look('queue', () => database.checkWorkers(client))));
    const users = await client.query("SELECT to_regclass('public.users') AS name");
    // Without tables of ours there is nothing to ask.
    if (users.rows[0]?.name) {
      found.push(...(await look('files', () => machine.checkMark(env))));
      found.push(...(await look('database', () => checkHistory(client, env))), ...(await examineBooks()));
    }
    return found;
  } finally {
    await client.end();
  }
}

/** Everything that production needs, looked at from here. Writes nothing but a file that it removes again. */
export async function examine(env: Env, source: NodeJS.ProcessEnv): Promise<Finding[]> {
  const found = [
    await look('program', machine.checkNode),
    await look('program', machine.checkBuild),
    await look('program', machine.checkAssets),
    await look('program', () => machine.checkActionKey(source)),
    await look('settings', () => settings.checkAddress(env, source)),
    await look('settings', () => settings.checkProxy(env)),
    await look('settings', () => settings.checkWayOut(source)),
    await look('settings', () => settings.checkSecrets(env)),
    await look('settings', () => settings.checkLimits(env)),
    await look('services', () => settings.checkServices(env)),
    await look('engines', () => checkEngineSettings(env)),
    await look('engines', () => checkEngines(env)),
    await look('services', () => machine.checkRedis(env)),
    await look('services', () => checkReports(env)),
    await look('services', () => checkPartsModel(env)),
    await look('bots', () => checkBots(env)),
    await look('database', () => checkPooler(env)),
    await examineDatabase(env),
    await look('database', () => checkReplica(env)),
    await look('files', () => machine.checkDisk(env)),
    await look('files', () => checkBucket(env)),
    await look('files', () => machine.checkBackups(env)),
    await look('machine', machine.checkDescriptors),
  ];
  return found.flat();
}

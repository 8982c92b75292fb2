import { setTimeout as sleep } from 'node:timers/promises';
import { log } from '#lib/core/log.ts';
import { changes } from '#lib/core/pages/changes.ts';
import { perProcess } from '#lib/core/per-process.ts';
import { Prisma, type PrismaClient } from '#prisma/generated/client.ts';
import { watchChanges } from './changes/watch-changes.ts';
import { db, replicaDb } from './client.ts';
import { isRetryable } from './sql-errors.ts';
import { isDatabaseUnavailable } from './unavailable.ts';

/** So long what was found out about the replica holds, if nothing has changed meanwhile. */
const holdsMs = 1000;
/** A replica that is away is asked again after this. */
const awayMs = 5000;
/** How often, and how far apart, it is asked whether it has come up to the primary: it is some milliseconds behind. */
const looks = 3;
const betweenMs = 5;
/** With the primary away the replica stands in for it, if it was as far not longer ago than this. */
const standsInMs = 10 * 60_000;

type Standing = {
  readonly isFresh: boolean;
  /** The moment of the clock of changes up to which it is known to have everything. */
  readonly moment: number;
  readonly until: number;
};

type Replica = {
  standing: Standing | null;
  looking: Promise<Standing> | null;
  freshAt: number;
  isAway: boolean;
};

const shared = perProcess<Replica>('db.replica', () => ({
  standing: null,
  looking: null,
  freshAt: Number.NEGATIVE_INFINITY,
  isAway: false,
}));

/** How far the primary's log is on its disk; null when the primary cannot be asked. */
async function primaryPosition(): Promise<string | null> {
  try {
    const [row] = await db().$queryRaw<{ at: string }[]>`SELECT pg_current_wal_flush_lsn()::text AS at`;
    return row?.at ?? null;
  } catch (error) {
    if (!isDatabaseUnavailable(error)) throw error;
    return null;
  }
}

/** Whether the replica has replayed the log up to there. A server that replays none is a primary itself, and has everything. */
async function hasReplayed(replica: PrismaClient, position: string): Promise<boolean> {
  const [row] = await replica.$queryRaw<{ has: boolean }[]>`
    SELECT coalesce(pg_last_wal_replay_lsn() >= ${position}::pg_lsn, NOT pg_is_in_recovery()) AS has`;
  return row?.has ?? false;
}

async function look(replica: PrismaClient): Promise<Standing> {
  const { moment } = changes;
  const standing = (isFresh: boolean, ms: number) => ({ isFresh, moment, until: performance.now() + ms });
  const position = await primaryPosition();
  if (position === null) return standing(performance.now() - shared.freshAt < standsInMs, holdsMs);
  try {
    for (let turn = 0; turn < looks; turn += 1) {
      if (turn > 0) await sleep(betweenMs);
      if (!(await hasReplayed(replica, position))) continue;
      shared.freshAt = performance.now();
      if (shared.isAway) log.info('the replica is back');
      shared.isAway = false;
      return standing(true, holdsMs);
    }
    return standing(false, holdsMs);
  } catch (error) {
    noteLost(error);
    return standing(false, awayMs);
  }
}

function noteLost(error: unknown): void {
  if (!shared.isAway) log.warn({ err: error }, 'the replica is away: its reads go to the primary');
  shared.isAway = true;
}

/** The replica if it has everything that this process had heard of when it was asked; else null. */
async function freshReplica(): Promise<PrismaClient | null> {
  const replica = replicaDb();
  if (!replica) return null;
  watchChanges();
  const { moment } = changes;
  for (;;) {
    const known = shared.standing;
    if (known && known.moment >= moment && known.until > performance.now()) {
      return known.isFresh ? replica : null;
    }
    // A look that began before the last change says nothing of it: then there is another one.
    shared.looking ??= look(replica).finally(() => {
      shared.looking = null;
    });
    shared.standing = await shared.looking;
  }
}

/**
 * Reads what everybody may see, at the replica (`DATABASE_READ_URL`) where there is one that has every change this process has
 * heard of; at the primary when it is behind, away, or gives the read up. A template of SQL, values as parameters.
 */
export async function askPublic<Row>(
  text: TemplateStringsArray,
  ...values: readonly unknown[]
): Promise<Row[]> {
  const statement = Prisma.sql(text, ...values);
  const replica = await freshReplica();
  if (replica) {
    try {
      return await replica.$queryRaw<Row[]>(statement);
    } catch (error) {
      // A read that stood in the way of what is replayed is ended by the server, as one that collides is.
      if (!isDatabaseUnavailable(error) && !isRetryable(error)) throw error;
      if (isDatabaseUnavailable(error)) {
        noteLost(error);
        shared.standing = { isFresh: false, moment: changes.moment, until: performance.now() + awayMs };
      }
    }
  }
  return db().$queryRaw<Row[]>(statement);
}

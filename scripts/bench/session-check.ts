import { openOwnDatabase } from './support/own-database.ts';
import { median, report } from './support/report.ts';

/**
 * How often a second a session is looked up, by a statement that is planned once a connection and by one that is planned
 * at every call. In turns.
 */
const accounts = 4000;
const rounds = 5;
const roundMs = 1500;

const own = await openOwnDatabase('sessions');
const { createClient } = await import('#lib/db/client.ts');
const { findLiveSession } = await import('#lib/auth/session/store.ts');

await own.client.query(
  `INSERT INTO users (phone, password_hash, is_phone_verified)
   SELECT '+98912' || lpad(n::text, 7, '0'), 'none', true FROM generate_series(1, $1::int) n`,
  [accounts],
);
await own.client.query(
  `INSERT INTO sessions (user_id, refresh_token_hash, token_salt, current_used_at, expires_at, absolute_expires_at)
   SELECT id, md5(id::text) || md5(phone), 'salt', now(), now() + interval '1 day', now() + interval '9 days' FROM users`,
);
await own.client.query('VACUUM ANALYZE');
const { rows: sessions } = await own.client.query<{ id: string }>('SELECT id FROM sessions');
const anyOf = <T>(list: readonly T[]): T => list[Math.floor(Math.random() * list.length)] as T;

/** Calls per second from so many callers at once. */
async function throughput(callers: number, call: () => Promise<unknown>): Promise<number> {
  const begunAt = performance.now();
  let calls = 0;
  const one = async () => {
    for (; performance.now() - begunAt < roundMs; calls += 1) await call();
  };
  await Promise.all(Array.from({ length: callers }, one));
  return (calls / (performance.now() - begunAt)) * 1000;
}

/** The median of first over second, in turns, and both medians. */
async function compare(callers: number, first: () => Promise<unknown>, second: () => Promise<unknown>) {
  const seen: { first: number; second: number }[] = [];
  for (let round = -1; round < rounds; round += 1) {
    const pair = { first: await throughput(callers, first), second: await throughput(callers, second) };
    if (round >= 0) seen.push(pair);
  }
  const perSecond = (values: number[]) => `${Math.round(median(values)).toLocaleString('en')}/s`;
  return {
    ratio: median(seen.map((pair) => pair.first / pair.second)),
    told: `${perSecond(seen.map((pair) => pair.first))} and ${perSecond(seen.map((pair) => pair.second))}`,
  };
}

let allMet = true;
function tell(what: string, { ratio, told }: { ratio: number; told: string }, least: number): void {
  const met = ratio >= least;
  allMet &&= met;
  report({ what, measured: `${ratio.toFixed(2)} (${told})`, wanted: `at least ${least}`, met });
}

const unnamed = createClient(`${own.url}?pgbouncer=true`, 10);
const prepared = () => findLiveSession('user', anyOf(sessions).id, 60);
/** The same as it was asked before: through Prisma, planned at every call. */
const planned = () => unnamed.$queryRaw`
  SELECT s.id AS "sessionId", a.id AS "accountId", a.phone, a.avatar_url AS "avatarUrl",
    s.rotation_counter AS generation, s.last_used_at < clock_timestamp() - interval '1 minute' AS "isStale",
    s.current_used_at IS NULL AS "isFresh", (s.current_used_at IS NULL
      OR s.current_used_at > clock_timestamp() - make_interval(secs => ${60})) AS "isGrace",
    s.token_salt AS "tokenSalt", a.name
  FROM sessions s JOIN users a ON a.id = s.user_id
  WHERE s.id = ${anyOf(sessions).id}::uuid AND s.revoked_at IS NULL AND s.expires_at > clock_timestamp()
    AND s.absolute_expires_at > clock_timestamp() AND a.is_active AND a.is_phone_verified`;
for (const callers of [1, 8]) {
  const what = `the session check, prepared over planned at every call, ${callers} at once`;
  tell(what, await compare(callers, prepared, planned), 2.5);
}

await unnamed.$disconnect();
await own.close();
process.exit(allMet ? 0 : 1);

import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findLiveSession } from '#lib/auth/session/store.ts';
import { requestConversion } from '#lib/conversions/request-conversions.ts';
import type { UserActor } from '#lib/core/actor.ts';
import { fail, succeed } from '#lib/core/result.ts';
import { stopListening, watchRow } from '#lib/db/changes/listen.ts';
import { db, disconnectDb, patientDb } from '#lib/db/client.ts';
import { transact } from '#lib/db/transact.ts';
import { actFor, actOutside } from '#lib/db/walls/acting.ts';
import { roles } from '#lib/db/walls/rights.ts';
import { settleRights } from '#lib/db/walls/settle-rights.ts';
import { closeSender } from '#lib/jobs/enqueue.ts';
import { type Pooler, pgbouncerMissing, startPgbouncer } from '#scripts/rig/pgbouncer.ts';
import { must, newPhoto, useConversions } from '#tests/support/conversions.ts';
import { ownerDb } from '#tests/support/database/owner.ts';

/**
 * The program behind a real PgBouncer in transaction mode with two connections to the server: DATABASE_URL through it,
 * DATABASE_DIRECT_URL past it. A statement never finds what another caller's left on the connection.
 */

const reason = process.env.TEST_FULL ? pgbouncerMissing : 'in the full tests';

describe.skipIf(reason)(`behind PgBouncer in transaction mode${reason ? `: skipped, ${reason}` : ''}`, () => {
  const { database } = useConversions();
  let pooler: Pooler;
  let people: { actor: UserActor; imageId: string }[];

  beforeAll(async () => {
    const direct = process.env.DATABASE_URL ?? '';
    const appUrl = new URL(direct);
    await settleRights({
      ownerUrl: process.env.DATABASE_OWNER_URL ?? '',
      appUrl: direct,
      withEmulator: true,
    });
    pooler = await startPgbouncer(appUrl.href);
    process.env.DATABASE_DIRECT_URL = direct;
    process.env.DATABASE_URL = pooler.url;
    people = await Promise.all(Array.from({ length: 8 }, () => newPhoto()));
  }, 60_000);
  afterAll(async () => {
    actOutside('system');
    stopListening();
    await closeSender();
    await disconnectDb();
    await pooler?.close();
  });

  test('two connections serve eight callers, each as the program’s role and with an end to every wait', async () => {
    const seen = new Set<number>();
    await Promise.all(
      Array.from({ length: 40 }, async () => {
        const [row] = await db().$queryRaw<{ pid: number; role: string; waits: string[] }[]>`
          SELECT pg_backend_pid() AS pid, current_user::text AS role,
                 ARRAY[current_setting('lock_timeout'), current_setting('statement_timeout'),
                       current_setting('idle_in_transaction_session_timeout')] AS waits, pg_sleep(0.02)::text AS slept`;
        seen.add(row?.pid ?? 0);
        expect(row).toMatchObject({ role: roles.app, waits: ['2s', '5s', '10s'] });
      }),
    );
    expect(seen.size).toBeLessThanOrEqual(2);
    const [long] = await patientDb().$queryRaw<
      { most: string }[]
    >`SELECT current_setting('statement_timeout') AS most`;
    expect(long?.most).toBe('5min');
  });

  test('everybody sees their own rows, alone and in transactions, whoever had the connection before', async () => {
    actOutside('nobody');
    try {
      await Promise.all(
        Array.from({ length: 160 }, async (_, turn) => {
          const one = people[turn % people.length];
          if (!one) throw new Error('nobody is there');
          const mine = { where: { type: 'user' }, select: { userId: true } } as const;
          if (turn % 3 === 0) expect(await db().image.findMany(mine)).toEqual([]);
          else if (turn % 3 === 1)
            expect(await actFor(one.actor.userId, () => db().image.findMany(mine))).toEqual([
              { userId: one.actor.userId },
            ]);
          else {
            const inOne = await actFor(one.actor.userId, () =>
              transact(async (tx) => {
                const before = await tx.image.findMany(mine);
                await sleep(turn % 5);
                const after = await tx.image.findMany(mine);
                return succeed([...before, ...after]);
              }),
            );
            expect(must(inOne)).toEqual([{ userId: one.actor.userId }, { userId: one.actor.userId }]);
          }
        }),
      );
      expect(await db().image.findMany({ where: { type: 'user' } })).toEqual([]);
    } finally {
      actOutside('system');
    }
  });

  test('what is asked often has no name that another connection would not know', async () => {
    await Promise.all(
      Array.from({ length: 60 }, async (_, turn) => {
        const one = people[turn % people.length];
        const found = await findLiveSession('user', one?.actor.sessionId ?? randomUUID(), 60);
        expect(found).toMatchObject({ accountId: one?.actor.userId });
      }),
    );
  });

  test('a conversion is charged and queued, its ends are heard past the pooler, and a failure leaves nothing', async () => {
    const made = await Promise.all(
      people.map(async ({ actor, imageId }) =>
        must(await actFor(actor.userId, () => requestConversion(actor, { imageId, style: 'duotone' }))),
      ),
    );
    const [{ jobs }] = (await database().query<{ jobs: number }>(
      "SELECT count(*)::int AS jobs FROM pgboss.job WHERE name = 'conversion.run'",
    )) as [{ jobs: number }];
    expect(jobs).toBe(people.length);
    const [first] = made;
    const heard: number[] = [];
    const stop = watchRow('conversion_changed', first?.id ?? '', () => heard.push(1));
    // Once for having begun to listen.
    await expect.poll(() => heard.length).toBe(1);
    await db().$executeRaw`
      UPDATE user_conversions SET status = 'failed', failure_code = 'engine', error_message = 'x' WHERE id = ${first?.id}::uuid`;
    await expect.poll(() => heard.length).toBe(2);
    stop();
    const before = await ownerDb().auditLog.count();
    await transact(async (tx) => {
      await tx.auditLog.create({ data: { actorType: 'system', action: 'a.b', metadata: {} } });
      return fail('notFound', 'nothing of it');
    });
    expect(await ownerDb().auditLog.count()).toBe(before);
  });
});

import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll } from 'vitest';
import { insertSession } from '#lib/auth/session/store.ts';
import { requestConversion } from '#lib/conversions/request-conversions.ts';
import type { UserActor } from '#lib/core/actor.ts';
import { type Result, succeed } from '#lib/core/result.ts';
import { db } from '#lib/db/client.ts';
import { addPhoto } from '#lib/files/upload/add-image.ts';
import { installQueues } from '#lib/jobs/boss.ts';
import { closeSender } from '#lib/jobs/enqueue.ts';
import type { StyleName } from '#lib/styles/catalogue.ts';
import type { StyledPicture, StyleEngine, StyleJob } from '#lib/styles/style-engine.ts';
import type { TestDatabase } from '#scripts/rig/database.ts';
import { useTestDatabase } from './database/test-database.ts';
import { newUser, ownDataDir } from './files.ts';
import { quarters } from './pictures.ts';

/** A database with its queues and a data folder of its own. Call it at the top of a test file. */
export function useConversions(): { database: () => TestDatabase; dataDir: string } {
  const data = ownDataDir();
  const database = useTestDatabase();
  beforeAll(() => installQueues(database().ownerUrl));
  afterAll(async () => {
    await closeSender();
    await data.remove();
  });
  return { database, dataDir: data.path };
}

export function must<T>(result: Result<T>): T {
  if (result.ok) return result.value;
  throw new Error(`${result.code}: ${result.detail}`);
}

export async function newActor(): Promise<UserActor> {
  const { userId } = await newUser();
  const sessionId = randomUUID();
  await insertSession(db(), 'user', {
    id: sessionId,
    accountId: userId,
    tokenSalt: 'salt',
    tokenHash: sessionId,
    userAgent: null,
    ip: null,
  });
  return { kind: 'user', userId, sessionId };
}

/** A user with a photo, both fresh. */
export async function newPhoto(width = 120, height = 90): Promise<{ actor: UserActor; imageId: string }> {
  const actor = await newActor();
  const source = await quarters(width, height).jpeg().toBuffer();
  const image = must(await addPhoto({ userId: actor.userId, fileName: 'photo.jpg', source }));
  return { actor, imageId: image.id };
}

/** A waiting conversion of a fresh user. */
export async function newConversion(
  style: StyleName = 'duotone',
): Promise<{ actor: UserActor; imageId: string; id: string }> {
  const photo = await newPhoto();
  const { id } = must(await requestConversion(photo.actor, { imageId: photo.imageId, style }));
  return { ...photo, id };
}

/** What an account has left and what was made for it, read beside the program. */
export async function accounts(database: TestDatabase, userId: string) {
  const [row] = await database.query<{ free: number; charged: number; results: number; conversions: number }>(
    `SELECT u.free_quota_remaining AS free,
       (SELECT count(*)::int FROM user_conversions c WHERE c.user_id = u.id AND c.charge_returned_at IS NULL) AS charged,
       (SELECT count(*)::int FROM images i WHERE i.user_id = u.id AND i.type = 'result') AS results,
       (SELECT count(*)::int FROM user_conversions c WHERE c.user_id = u.id) AS conversions
     FROM users u WHERE u.id = $1`,
    [userId],
  );
  if (!row) throw new Error('no such user');
  return row;
}

/** An engine that answers what a test needs: a hosted one could do the same. */
export function scriptedEngine(stylise: (job: StyleJob) => Promise<Result<StyledPicture>>): StyleEngine {
  return { name: 'scripted', stylise };
}

/** A finished picture. */
export async function picture(): Promise<Result<StyledPicture>> {
  const bytes = await quarters(120, 90).jpeg().toBuffer();
  return succeed({ bytes, mimeType: 'image/jpeg', width: 120, height: 90, stagesMs: {} });
}

export const painting = scriptedEngine(picture);

/** A promise and what settles it. */
export function gate(): { opened: Promise<void>; open: () => void } {
  let open = () => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open };
}

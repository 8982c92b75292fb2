import type { TimeCursor } from '#lib/core/cursor.ts';
import { db } from '#lib/db/client.ts';
import { newerThan } from '#lib/db/keyset.ts';
import type { Tx } from '#lib/db/transact.ts';
import type { Verdict } from '../moderation/store.ts';

/** Why an image waits: the first two about keeping it at all, the others about showing it to everybody. */
export const caseReasons = ['uncertain', 'unchecked', 'first', 'suggestive', 'reported'] as const;
export type CaseReason = (typeof caseReasons)[number];

/** An image that waits for an operator's word. */
export type WaitingCase = {
  readonly id: string;
  /** Its moment to the microsecond, for the cursor. */
  readonly at: string;
  readonly imageId: string;
  readonly type: 'user' | 'vendor' | 'result';
  readonly fileName: string;
  readonly reason: CaseReason;
  readonly scores: Readonly<Record<string, number>>;
  readonly createdAt: Date;
};

/** What waits, for one reason or for any, oldest first, after the cursor. */
export async function listWaitingCases(
  limit: number,
  after: TimeCursor | null,
  reason: CaseReason | null = null,
): Promise<WaitingCase[]> {
  return db().$queryRaw<WaitingCase[]>`
    SELECT c.id::text, c.created_at::text AS at, c.image_id::text AS "imageId", i.type, i.file_name AS "fileName",
      c.reason, c.scores, c.created_at AS "createdAt"
    FROM moderation_cases c JOIN images i ON i.id = c.image_id
    WHERE c.decision IS NULL AND (${reason}::text IS NULL OR c.reason = ${reason})
      ${newerThan('c', after)}
    ORDER BY c.created_at, c.id LIMIT ${limit}`;
}

/** The image of a case that waits; null when none waits under this id. */
export async function findWaitingImage(caseId: string): Promise<string | null> {
  const found = await db().moderationCase.findFirst({
    where: { id: caseId, decision: null },
    select: { imageId: true },
  });
  return found?.imageId ?? null;
}

/** Images that the check could not look at, a minute ago or longer, oldest first. */
export async function listUnchecked(limit: number): Promise<{ id: string; imageId: string }[]> {
  return db().$queryRaw<{ id: string; imageId: string }[]>`
    SELECT id::text, image_id::text AS "imageId" FROM moderation_cases
    WHERE decision IS NULL AND reason = 'unchecked' AND created_at < now() - interval '1 minute'
    ORDER BY created_at, id LIMIT ${limit}`;
}

/** The check has looked now and is not sure: the case goes on as that. */
export async function noteUncertain(caseId: string, scores: Verdict['scores']): Promise<void> {
  await db().moderationCase.updateMany({
    where: { id: caseId, decision: null },
    data: { reason: 'uncertain', scores },
  });
}

/** The vendor of an image; null when it is no vendor's. */
export async function findVendorOf(imageId: string): Promise<string | null> {
  const found = await db().image.findFirst({ where: { id: imageId }, select: { vendorId: true } });
  return found?.vendorId ?? null;
}

export type DecidedCase = {
  readonly imageId: string;
  readonly reason: CaseReason;
  readonly fileId: string | null;
  readonly chargeReturned: boolean;
};

/** Decides a case in the database's own function; null when none waits under this id. */
export async function decideCase(
  tx: Tx,
  caseId: string,
  decision: 'accepted' | 'refused',
  why: string,
): Promise<DecidedCase | null> {
  const rows = await tx.$queryRaw<DecidedCase[]>`
    SELECT image_id::text AS "imageId", reason, file_id AS "fileId", charge_returned AS "chargeReturned"
    FROM decide_moderation_case(${caseId}::uuid, ${decision}::text, ${why}::text)`;
  return rows[0] ?? null;
}

/** The case under which an image waits; null when it does not. */
export async function findWaitingCase(imageId: string): Promise<string | null> {
  const found = await db().moderationCase.findFirst({
    where: { imageId, decision: null },
    select: { id: true },
  });
  return found?.id ?? null;
}

/** Whose an image is, what it is, what it is a result of, and why it waited. */
export type DecidedPicture = {
  readonly userId: string | null;
  readonly vendorId: string | null;
  readonly type: WaitingCase['type'];
  readonly reason: WaitingCase['reason'];
  readonly conversionId: string | null;
};

/** The image of a case, for telling its owner. */
export async function findDecidedPicture(tx: Tx, caseId: string): Promise<DecidedPicture | null> {
  const rows = await tx.$queryRaw<DecidedPicture[]>`
    SELECT i.user_id::text AS "userId", i.vendor_id::text AS "vendorId", i.type, c.reason,
      (SELECT u.id::text FROM user_conversions u
        WHERE u.result_image_id = i.id AND u.deleted_at IS NULL LIMIT 1) AS "conversionId"
    FROM moderation_cases c JOIN images i ON i.id = c.image_id WHERE c.id = ${caseId}::uuid`;
  return rows[0] ?? null;
}

/** Writes down that an image was taken down and why, as the case of an image is that waited and was refused. */
export async function insertTakeDown(tx: Tx, imageId: string, why: string): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO moderation_cases (image_id, reason, decision, decided_at, why)
    VALUES (${imageId}::uuid, 'reported', 'refused', clock_timestamp(), ${why})`;
}

/**
 * Takes the newest refusal of a gallery image back, if it is not older than so many days and the image is still there.
 * Answers its vendor; null when there is nothing to take back.
 */
export async function undoRefusal(tx: Tx, imageId: string, days: number): Promise<string | null> {
  const [row] = await tx.$queryRaw<{ vendorId: string }[]>`
    WITH undone AS (
      UPDATE moderation_cases SET decision = 'accepted', why = NULL, decided_at = clock_timestamp()
      WHERE id = (
        SELECT id FROM moderation_cases
        WHERE image_id = ${imageId}::uuid AND decision IS NOT NULL ORDER BY decided_at DESC LIMIT 1)
        AND decision = 'refused' AND decided_at > clock_timestamp() - make_interval(days => ${days}::int)
      RETURNING image_id)
    UPDATE images i SET moderation = 'accepted' FROM undone
    WHERE i.id = undone.image_id AND i.type = 'vendor' AND i.moderation = 'refused'
      AND EXISTS (SELECT 1 FROM stored_files f WHERE f.image_id = i.id)
    RETURNING i.vendor_id::text AS "vendorId"`;
  return row?.vendorId ?? null;
}

import type { Tx } from '#lib/db/transact.ts';

/** Wishes in the database. Every "now" here is the database's own. */

/** How a wish stands: who carries it out, and what was answered, sealed, once it is granted. */
export type WishRow = { readonly isMine: boolean; readonly answer: string | null };

/** A wish that nobody answered lapses after so many seconds: whoever took it was ended in the middle. */
const lapsesAfterSeconds = 20;

/** Takes a wish up, unless it is granted or somebody carries it out. */
export async function takeWish(tx: Tx, id: string, by: string): Promise<WishRow> {
  const [row] = await tx.$queryRaw<WishRow[]>`
    INSERT INTO wishes AS known (id, taken_by) VALUES (${id}::uuid, ${by}::uuid)
    ON CONFLICT (id) DO UPDATE SET (taken_by, made_at) = (
      SELECT CASE WHEN lapsed THEN ${by}::uuid ELSE known.taken_by END,
        CASE WHEN lapsed THEN clock_timestamp() ELSE known.made_at END
      FROM (SELECT known.answer IS NULL
        AND known.made_at < clock_timestamp() - make_interval(secs => ${lapsesAfterSeconds}) AS lapsed) AS how)
    RETURNING taken_by = ${by}::uuid AS "isMine", answer`;
  return row ?? { isMine: true, answer: null };
}

/** What was answered, sealed; null when the wish is unknown or not granted yet. */
export async function findAnswer(tx: Tx, id: string): Promise<string | null> {
  const row = await tx.wish.findUnique({ where: { id }, select: { answer: true } });
  return row?.answer ?? null;
}

/** Keeps what was answered. */
export async function keepAnswer(tx: Tx, id: string, by: string, answer: string): Promise<void> {
  await tx.wish.updateMany({ where: { id, takenBy: by }, data: { answer } });
}

/** Gives a wish up that was refused: asked again, it is looked at anew. */
export async function dropWish(tx: Tx, id: string, by: string): Promise<void> {
  await tx.wish.deleteMany({ where: { id, takenBy: by, answer: null } });
}

/** Forgets so many of the wishes that nobody asks for again: browsers do so for ten minutes. Answers how many. */
export async function deleteOldWishes(tx: Tx, limit: number): Promise<number> {
  return tx.$executeRaw`
    DELETE FROM wishes WHERE id IN (
      SELECT id FROM wishes WHERE made_at < now() - interval '20 minutes' LIMIT ${limit})`;
}

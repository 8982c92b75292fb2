import type { LegalPage } from '#lib/account/legal/policy.ts';
import type { Tx } from '#lib/db/transact.ts';

export type LegalTextRow = {
  readonly page: LegalPage;
  readonly version: number;
  readonly startsAt: Date;
  readonly hasBegun: boolean;
  /** Accounts that have agreed to it. */
  readonly agreed: number;
};

/** Every version with who agreed to it, the latest first. */
export async function listLegalTexts(tx: Tx): Promise<LegalTextRow[]> {
  return tx.$queryRaw<LegalTextRow[]>`
    SELECT t.page, t.version, t.starts_at AS "startsAt", t.starts_at <= clock_timestamp() AS "hasBegun",
      (SELECT count(*)::int FROM legal_consents c WHERE c.page = t.page AND c.version = t.version) AS agreed
    FROM legal_texts t ORDER BY t.page DESC, t.version DESC`;
}

/** The newest words of a page, those to come included. */
export async function findNewestText(
  tx: Tx,
  page: LegalPage,
): Promise<{ readonly fa: string; readonly en: string } | null> {
  return tx.legalText.findFirst({
    where: { page },
    orderBy: { version: 'desc' },
    select: { fa: true, en: true },
  });
}

export type NewLegalText = {
  readonly page: LegalPage;
  readonly fa: string;
  readonly en: string;
  /** Null for now. */
  readonly startsAt: Date | null;
};

/** Its version, which the database counts. */
export async function insertLegalText(
  tx: Tx,
  { page, fa, en, startsAt }: NewLegalText,
  createdBy: string,
): Promise<number> {
  const [row] = await tx.$queryRaw<{ version: number }[]>`
    INSERT INTO legal_texts (page, version, fa, en, starts_at, created_by)
    VALUES (${page}, 1, ${fa}, ${en}, coalesce(${startsAt}::timestamptz, clock_timestamp()), ${createdBy}::uuid)
    RETURNING version`;
  return row?.version ?? 0;
}

/** False when there is no such version, or it has begun. */
export async function deleteComing(tx: Tx, page: LegalPage, version: number): Promise<boolean> {
  const count = await tx.$executeRaw`
    DELETE FROM legal_texts WHERE page = ${page} AND version = ${version} AND starts_at > clock_timestamp()`;
  return count === 1;
}

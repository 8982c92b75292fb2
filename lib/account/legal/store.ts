import type { AccountRef } from '#lib/core/actor.ts';
import type { Locale } from '#lib/core/i18n/routing.ts';
import type { Tx } from '#lib/db/transact.ts';
import { Prisma } from '#prisma/generated/client.ts';
import type { LegalPage } from './policy.ts';

/** Which version of a page holds from when. */
export type LegalVersion = { readonly page: LegalPage; readonly version: number; readonly startsAt: Date };

/** A version with its words, where they are shown to everybody. */
export type ListedVersion = LegalVersion & { readonly fa: string | null; readonly en: string | null };

/** Every version of both pages, the latest first, those to come among them; words with the one in force. */
export async function listVersions(tx: Tx): Promise<ListedVersion[]> {
  return tx.$queryRaw<ListedVersion[]>`
    SELECT t.page, t.version, t.starts_at AS "startsAt",
      CASE WHEN f.page IS NOT NULL THEN t.fa END AS fa, CASE WHEN f.page IS NOT NULL THEN t.en END AS en
    FROM legal_texts t LEFT JOIN legal_in_force() f ON f.page = t.page AND f.version = t.version
    ORDER BY t.page, t.version DESC`;
}

/** The words of a version in one language. */
export async function findText(
  tx: Tx,
  page: LegalPage,
  version: number,
  locale: Locale,
): Promise<string | null> {
  const row = await tx.legalText.findUnique({
    where: { page_version: { page, version } },
    select: { fa: true, en: true },
  });
  return row?.[locale] ?? null;
}

const ownedBy = ({ kind, accountId }: AccountRef) =>
  kind === 'user' ? Prisma.sql`user_id = ${accountId}::uuid` : Prisma.sql`vendor_id = ${accountId}::uuid`;

/** What is in force and this account has not agreed to. */
export async function listUnagreed(tx: Tx, owner: AccountRef): Promise<LegalVersion[]> {
  return tx.$queryRaw<LegalVersion[]>`
    SELECT page, version, starts_at AS "startsAt" FROM legal_in_force() f
     WHERE NOT EXISTS (SELECT 1 FROM legal_consents c
       WHERE c.page = f.page AND c.version = f.version AND ${ownedBy(owner)})
     ORDER BY page DESC`;
}

/** Writes down what of these is in force and was not agreed to yet; answers which. */
export async function insertConsents(
  tx: Tx,
  owner: AccountRef,
  versions: readonly Omit<LegalVersion, 'startsAt'>[],
): Promise<Omit<LegalVersion, 'startsAt'>[]> {
  const column = owner.kind === 'user' ? Prisma.sql`user_id` : Prisma.sql`vendor_id`;
  return tx.$queryRaw<Omit<LegalVersion, 'startsAt'>[]>`
    INSERT INTO legal_consents (${column}, page, version)
    SELECT ${owner.accountId}::uuid, f.page, f.version FROM legal_in_force() f
      JOIN unnest(${versions.map(({ page }) => page)}::text[], ${versions.map(({ version }) => version)}::int[])
        AS shown (page, version) USING (page, version)
    ON CONFLICT DO NOTHING RETURNING page, version`;
}

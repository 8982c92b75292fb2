import { runConversion } from '#lib/conversions/run-conversion.ts';
import type { TestDatabase } from '#scripts/rig/database.ts';
import { must, painting } from '#tests/support/conversions.ts';

export type SharingPlace = { resultId: string; linkId: string };

/** The doors of links to results, and those that visitors of any link pass. */
export const sharingActions = {
  'sharing.unlockLink': { for: 'anybody' },
  'sharing.countLinkView': { for: 'anybody' },
  'sharing.createResultLink': {
    for: 'user',
    input: ({ resultId }: SharingPlace) => ({ conversionId: resultId, days: 7, password: '' }),
    owned: true,
  },
  'sharing.revokeResultLink': {
    for: 'user',
    input: ({ linkId }: SharingPlace) => ({ id: linkId }),
    owned: true,
  },
} as const;

/** A finished conversion of the user with a link to it; it costs the account nothing that others count on. */
export async function sharingPlace(
  database: TestDatabase,
  { userId, imageId }: { userId: string; imageId: string },
): Promise<SharingPlace> {
  const { requestConversion } = await import('#lib/conversions/request-conversions.ts');
  const { createResultLink } = await import('#lib/sharing/result-link/create-result-link.ts');
  await database.query(
    "INSERT INTO quota_grants (user_id, resource, amount, reason) VALUES ($1, 'conversions', 1, 'a test')",
    [userId],
  );
  const actor = { kind: 'user', userId, sessionId: '' } as const;
  const { id } = must(await requestConversion(actor, { imageId, style: 'noir' }));
  await runConversion(id, { engine: painting, signal: new AbortController().signal, isLastTry: true });
  const link = must(await createResultLink(actor, { conversionId: id, days: 7, password: null }));
  return { resultId: id, linkId: link.id };
}

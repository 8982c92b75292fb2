import { runConversion } from '#lib/conversions/run-conversion.ts';
import type { StyleName } from '#lib/styles/catalogue.ts';
import type { TestDatabase } from '#scripts/rig/database.ts';
import { must, painting } from '#tests/support/conversions.ts';
import { quarters } from '#tests/support/pictures.ts';

export type SharingPlace = {
  resultId: string;
  linkId: string;
  /** A result in the vendor's look, one that was sent to the vendor, and that lead. */
  lookResultId: string;
  sentResultId: string;
  leadId: string;
};

/** The doors of links to results, and those that visitors of any link pass. */
export const sharingActions = {
  'sharing.unlockLink': { for: 'anybody' },
  'sharing.countLinkView': { for: 'anybody' },
  'sharing.pickImage': { for: 'anybody' },
  'sharing.commentOnImage': { for: 'anybody' },
  'sharing.removeComment': { for: 'anybody' },
  'sharing.sendPicks': { for: 'anybody' },
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
  'sharing.answerLead': {
    for: 'vendor',
    input: ({ leadId }: SharingPlace) => ({ id: leadId, answer: 'come and see' }),
    owned: true,
  },
  'sharing.putLeadAway': {
    for: 'vendor',
    input: ({ leadId }: SharingPlace) => ({ id: leadId, isAway: true }),
    owned: true,
  },
  'sharing.sendLead': {
    for: 'user',
    input: ({ lookResultId }: SharingPlace) => ({ conversionId: lookResultId, words: 'x', withPhone: false }),
    owned: true,
  },
  'sharing.withdrawLead': {
    for: 'user',
    input: ({ sentResultId }: SharingPlace) => ({ conversionId: sentResultId }),
    owned: true,
  },
} as const;

/**
 * A finished conversion of the user with a link to it, and two in a look of the vendor's, one of them sent there; they cost
 * the account nothing that others count on.
 */
export async function sharingPlace(
  database: TestDatabase,
  { userId, imageId, vendorId }: { userId: string; imageId: string; vendorId: string },
): Promise<SharingPlace> {
  const { requestConversion } = await import('#lib/conversions/request-conversions.ts');
  const { createResultLink } = await import('#lib/sharing/result-link/create-result-link.ts');
  const { sendLead } = await import('#lib/sharing/lead/send-lead.ts');
  const { addGalleryImage } = await import('#lib/files/upload/add-image.ts');
  await database.query(
    "INSERT INTO quota_grants (user_id, resource, amount, reason) VALUES ($1, 'conversions', 3, 'a test')",
    [userId],
  );
  const actor = { kind: 'user', userId, sessionId: '' } as const;
  const make = async (look: { style: StyleName } | { reference: string }) => {
    const { id } = must(await requestConversion(actor, { imageId, ...look }));
    await runConversion(id, { engine: painting, signal: new AbortController().signal, isLastTry: true });
    return id;
  };
  const source = await quarters(90, 70).jpeg().toBuffer();
  const { id: reference } = must(await addGalleryImage({ vendorId, fileName: 'worn.jpg', source }));
  await database.query('UPDATE images SET is_public = true WHERE id = $1', [reference]);
  const resultId = await make({ style: 'noir' });
  const link = must(await createResultLink(actor, { conversionId: resultId, days: 7, password: null }));
  const [lookResultId, sentResultId] = [await make({ reference }), await make({ reference })];
  must(await sendLead(actor, { conversionId: sentResultId, words: null, withPhone: false }));
  const [lead] = await database.query<{ id: string }>('SELECT id FROM leads');
  return { resultId, linkId: link.id, lookResultId, sentResultId, leadId: lead?.id ?? '' };
}

import type { UserActor } from '#lib/core/actor.ts';
import { linkLimits } from '../policy.ts';
import { listLinkRows } from './store.ts';
import { type ResultLinkView, toResultLinkView } from './view.ts';

/** The links of one of the actor's conversions, newest first; none for somebody else's. */
export async function listResultLinks(actor: UserActor, conversionId: string): Promise<ResultLinkView[]> {
  const rows = await listLinkRows(actor.userId, conversionId, linkLimits.listed);
  return rows.map(toResultLinkView);
}

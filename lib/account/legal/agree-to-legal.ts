import { recordEvent } from '#lib/audit/record-event.ts';
import { type AccountActor, accountOf } from '#lib/core/actor.ts';
import { type Result, succeed } from '#lib/core/result.ts';
import { transact } from '#lib/db/transact.ts';
import type { LegalPage } from './policy.ts';
import { insertConsents } from './store.ts';

/**
 * Writes down that an account agrees to what its page has shown. A version that is not in force any more, or was agreed to
 * before, changes nothing: the page asks again for what holds.
 */
export async function agreeToLegal(
  actor: AccountActor,
  versions: readonly { readonly page: LegalPage; readonly version: number }[],
): Promise<Result<null>> {
  return transact<null>(async (tx) => {
    const agreed = await insertConsents(tx, accountOf(actor), versions);
    if (agreed.length > 0) {
      await recordEvent(tx, actor, 'agreement.record', {
        resource: 'agreement',
        metadata: { legal: agreed.map(({ page, version }) => `${page} ${version}`).join(', ') },
      });
    }
    return succeed(null);
  });
}

import type { LegalPage } from '#lib/account/legal/policy.ts';
import { recordEvent } from '#lib/audit/record-event.ts';
import type { AdminActor } from '#lib/core/actor.ts';
import { fail, type Result, succeed } from '#lib/core/result.ts';
import { transact } from '#lib/db/transact.ts';
import { deleteComing, insertLegalText, listLegalTexts, type NewLegalText } from './store.ts';

/**
 * Publishes a page of law in both languages as its next version, from now on or from a day to come. Fails beside the day
 * when it has begun, or another version that is still to come begins later.
 */
export async function publishText(
  actor: AdminActor,
  text: NewLegalText,
): Promise<Result<{ readonly version: number }>> {
  const dayWrong = fail('input.invalid', `day of ${text.page}`, {
    fields: { startsOn: 'admin.legal.dayWrong' },
  });
  if (text.startsAt && text.startsAt.getTime() <= Date.now()) return dayWrong;
  return transact<{ readonly version: number }>(async (tx) => {
    const coming = (await listLegalTexts(tx)).find(({ page, hasBegun }) => page === text.page && !hasBegun);
    if (coming && coming.startsAt.getTime() >= (text.startsAt ?? new Date()).getTime()) return dayWrong;
    const version = await insertLegalText(tx, text, actor.userId);
    await recordEvent(tx, actor, 'legal.publish', {
      metadata: { page: text.page, version, from: text.startsAt?.toISOString() ?? 'now' },
    });
    return succeed({ version });
  });
}

/** Takes back a version that has not begun. Fails with `notFound` for every other. */
export async function withdrawText(
  actor: AdminActor,
  { page, version }: { readonly page: LegalPage; readonly version: number },
): Promise<Result<null>> {
  return transact<null>(async (tx) => {
    if (!(await deleteComing(tx, page, version))) return fail('notFound', `${page} ${version} to come`);
    await recordEvent(tx, actor, 'legal.withdraw', { metadata: { page, version } });
    return succeed(null);
  });
}

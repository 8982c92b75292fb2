import { recordEvent } from '#lib/audit/record-event.ts';
import type { AdminActor } from '#lib/core/actor.ts';
import { fail, type Result, succeed } from '#lib/core/result.ts';
import { patientDb } from '#lib/db/client.ts';
import { type Tx, transact } from '#lib/db/transact.ts';
import type { CircularWords } from '#lib/notifications/circular/store.ts';
import {
  type Audience,
  countHearers,
  countOfDay,
  findAccountByPhone,
  insertCircular,
  stopCircularRow,
} from './store.ts';

/** Whom it is for, as it is typed: a number for `user` and `vendor`, a city or kind for `shops`. */
export type Addressed = {
  readonly to: 'user' | 'vendor' | 'all' | 'users' | 'vendors' | 'planned' | 'shops';
  readonly phone: string | null;
  readonly city: string | null;
  readonly shopKind: string | null;
};

/** So many a day go to more than one account; the database says so too. */
const aDay = 6;

async function addressOf(tx: Tx, { to, phone, city, shopKind }: Addressed): Promise<Result<Audience>> {
  const group = { userId: null, vendorId: null, city: null, shopKind: null };
  if (to === 'shops') {
    const fields = { city: 'admin.circulars.whichShops' };
    if (!city && !shopKind) return fail('input.invalid', 'neither city nor kind', { fields });
    return succeed({ ...group, kind: to, city, shopKind });
  }
  if (to !== 'user' && to !== 'vendor') return succeed({ ...group, kind: to });
  const id = phone ? await findAccountByPhone(tx, to, phone) : null;
  if (!id) {
    return fail('input.invalid', 'nobody in use has this number', {
      fields: { phone: 'admin.circulars.nobody' },
    });
  }
  const whose = to === 'user' ? { userId: id } : { vendorId: id };
  return succeed({ ...group, ...whose, kind: 'one' });
}

/** How many a circular would reach now; that somebody asked is written down. Fails beside the number or the city that names nobody. */
export async function previewCircular(
  actor: AdminActor,
  to: Addressed,
): Promise<Result<{ receivers: number }>> {
  const audience = await addressOf(patientDb(), to);
  if (!audience.ok) return audience;
  const receivers = await countHearers(patientDb(), audience.value);
  return transact(async (tx) => {
    await recordEvent(tx, actor, 'circular.preview', { metadata: { audience: to.to, receivers } });
    return succeed({ receivers });
  });
}

/**
 * Begins to tell something to one account, a group or all; the worker sends it. Fails with `rate.limited` for the seventh
 * one of a day to more than one account, and beside a field like the preview.
 */
export async function createCircular(
  actor: AdminActor,
  { id, to, words }: { id: string; to: Addressed; words: CircularWords },
): Promise<Result<null>> {
  return transact<null>(async (tx) => {
    const audience = await addressOf(tx, to);
    if (!audience.ok) return audience;
    const { kind, userId, vendorId, city, shopKind } = audience.value;
    if (kind !== 'one' && (await countOfDay(tx)) >= aDay) {
      return fail('rate.limited', `${aDay} circulars a day`, { retryAfterSeconds: 3600 });
    }
    const circular = { ...words, id, audience: audience.value, createdBy: actor.userId };
    if (await insertCircular(tx, circular)) {
      await recordEvent(tx, actor, 'circular.create', {
        resource: 'circular',
        resourceId: id,
        metadata: { audience: kind, userId, vendorId, city, shopKind, title: words.titleFa },
      });
    }
    return succeed(null);
  });
}

/** Tells no more of those that it was for. Fails with `state.illegal` when it is done, stopped or not there. */
export async function stopCircular(
  actor: AdminActor,
  { id }: { id: string },
): Promise<Result<{ told: number }>> {
  return transact(async (tx) => {
    const told = await stopCircularRow(tx, id);
    if (told === null) return fail('state.illegal', `circular ${id} is not under way`);
    const metadata = { told: Number(told) };
    await recordEvent(tx, actor, 'circular.stop', { resource: 'circular', resourceId: id, metadata });
    return succeed(metadata);
  });
}

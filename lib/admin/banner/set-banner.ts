import { recordEvent } from '#lib/audit/record-event.ts';
import type { AdminActor } from '#lib/core/actor.ts';
import { fail, type Result, succeed } from '#lib/core/result.ts';
import { transact } from '#lib/db/transact.ts';
import type { BannerKind } from '#lib/notifications/banner/store.ts';
import { insertBanner, retireBannerRow } from './store.ts';

type NewBanner = {
  readonly kind: BannerKind;
  readonly fa: string;
  readonly en: string;
  /** Null for now. */
  readonly startsAt: Date | null;
  readonly endsAt: Date;
};

/** Says something to everybody on every page, for a while. Fails beside the end when that is over, or before the beginning. */
export async function createBanner(actor: AdminActor, banner: NewBanner): Promise<Result<null>> {
  const startsAt = banner.startsAt ?? new Date();
  if (banner.endsAt.getTime() <= Math.max(startsAt.getTime(), Date.now())) {
    return fail('input.invalid', 'a window that is over', { fields: { endsAt: 'admin.banners.endWrong' } });
  }
  return transact<null>(async (tx) => {
    const id = await insertBanner(tx, { ...banner, startsAt }, actor.userId);
    await recordEvent(tx, actor, 'banner.create', {
      resource: 'banner',
      resourceId: id,
      metadata: {
        kind: banner.kind,
        from: startsAt.toISOString(),
        to: banner.endsAt.toISOString(),
        text: banner.fa,
      },
    });
    return succeed(null);
  });
}

/** Takes what is said from every page. Fails with `notFound` when it was taken before. */
export async function retireBanner(actor: AdminActor, { id }: { id: string }): Promise<Result<null>> {
  return transact<null>(async (tx) => {
    if (!(await retireBannerRow(tx, id))) return fail('notFound', `no banner ${id}`);
    await recordEvent(tx, actor, 'banner.retire', { resource: 'banner', resourceId: id });
    return succeed(null);
  });
}

import { cache } from 'react';
import { currentUser } from '#lib/auth/current.ts';
import { findQuota } from './store.ts';
import { type QuotaView, toQuotaView } from './view.ts';

/** The signed-in user's quota, read once a request; null for everybody else. */
export const getQuotaView = cache(async (): Promise<QuotaView | null> => {
  const user = await currentUser();
  return user ? toQuotaView(await findQuota(null, user.userId)) : null;
});

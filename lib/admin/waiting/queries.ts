import { requireAdmin } from '#lib/auth/door/current.ts';
import type { Locale } from '#lib/core/i18n/routing.ts';
import { db } from '#lib/db/client.ts';
import { placeRoles } from '../policy.ts';
import { countWaiting, type Waiting } from './store.ts';

/** What waits for the administrator who asks. Which of it is theirs, the places say. */
export async function getWaiting(locale: Locale): Promise<Waiting> {
  const { userId } = await requireAdmin(locale, placeRoles.overview);
  return countWaiting(db(), userId);
}

import type { LookCredit } from './kinds.ts';

/** The picture and its shop in one line, in no language; null when there is nobody to name. */
export function creditText(credit: LookCredit | null): string | null {
  if (!credit?.shop) return null;
  return [credit.picture?.title, credit.shop.name].filter(Boolean).join(' · ');
}

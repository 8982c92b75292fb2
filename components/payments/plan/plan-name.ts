import { useLocale } from 'next-intl';
import { use } from 'react';
import { getPlanNames } from '#lib/payments/queries.ts';

/** What people call a plan, as the console has it; one that nobody has named yet keeps its short name. */
export function usePlanName(): (name: string) => string {
  const names = use(getPlanNames(useLocale()));
  return (name) => names.get(name) ?? name;
}

import { useTranslations } from 'next-intl';

/** What people call a plan; one the messages do not know yet keeps its own name. */
export function usePlanName(): (name: string) => string {
  const t = useTranslations('plans');
  return (name) => (t.has(`names.${name}` as 'names.free') ? t(`names.${name}` as 'names.free') : name);
}

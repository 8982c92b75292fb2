import { useLocale, useTranslations } from 'next-intl';
import { formatToman, type Rial } from '#lib/core/money.ts';

/** An amount as people read it. */
export function Toman({ rials }: { rials: Rial }) {
  const t = useTranslations('admin');
  const locale = useLocale();
  return <span className="whitespace-nowrap">{t('toman', { amount: formatToman(rials, locale) })}</span>;
}

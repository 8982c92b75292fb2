import { CornerDownLeft, Minus } from 'lucide-react';
import { useLocale, useTranslations } from 'next-intl';
import type { ConversionView } from '#lib/conversions/view.ts';
import { formatDay, formatTime } from '#lib/core/dates.ts';

/** What became of the charge, line by line: set aside when it was asked for, and given back. */
export function ChargeLedger({ conversion }: { conversion: ConversionView }) {
  const t = useTranslations('conversions.ledger');
  const at = useTranslations('conversions');
  const locale = useLocale();
  const { charge, createdAt } = conversion;
  if (!charge.returnedAt) return null;
  const moment = (iso: string) => {
    const date = new Date(iso);
    return (
      <time dateTime={iso} className="shrink-0 text-muted">
        {at('at', { day: formatDay(locale, date), time: formatTime(locale, date) })}
      </time>
    );
  };
  const line = 'flex flex-wrap items-center justify-between gap-x-6 gap-y-0.5 border-t border-line py-2.5';
  return (
    <section aria-label={t('title')} className="rounded-card border border-line bg-surface px-5 py-4 text-sm">
      <h2 className="mb-2 font-semibold">{t('title')}</h2>
      <ol>
        <li className={line}>
          <span className="flex items-center gap-2">
            <Minus aria-hidden="true" className="size-4 text-muted" />
            {t(charge.pool === 'paid' ? 'heldPaid' : 'heldFree')}
          </span>
          {moment(createdAt)}
        </li>
        <li className={line}>
          <span className="flex items-center gap-2">
            <CornerDownLeft aria-hidden="true" className="size-4 text-success ltr:-scale-x-100" />
            {t('returned')}
          </span>
          {moment(charge.returnedAt)}
        </li>
      </ol>
      <p className="border-t border-line pt-2.5 font-semibold">{t('sum')}</p>
    </section>
  );
}

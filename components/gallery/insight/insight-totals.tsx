import { useTranslations } from 'next-intl';
import type { Insight } from '#lib/gallery/insight/read-insight.ts';
import { shopCountNames } from '#lib/gallery/visit/kinds.ts';

/** The figures side by side: looked at, tried, tried to the end, shared, pressed and sent, and come by the code. */
export function InsightTotals({ totals }: { totals: Insight['totals'] }) {
  const t = useTranslations('insight');
  return (
    <dl className="grid grid-cols-2 gap-3 sm:grid-cols-4 lg:grid-cols-8">
      {shopCountNames.map((name) => (
        <div key={name} className="grid content-start gap-0.5">
          <dt className="text-sm text-muted">{t(name)}</dt>
          <dd className="tabular text-xl font-extrabold">{t('number', { count: totals[name] })}</dd>
        </div>
      ))}
    </dl>
  );
}

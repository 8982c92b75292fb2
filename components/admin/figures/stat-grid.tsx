import { useFormatter, useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { byteSize } from '#components/ui/byte-size.ts';
import type { SystemFigures } from '#lib/operations/figures/store.ts';
import { Toman } from '../toman.tsx';

/** The figures of get_system_stats, in groups, the sum first; one list on a phone. */
export function StatGrid({ figures }: { figures: SystemFigures }) {
  const t = useTranslations('admin.stats');
  const format = useFormatter();
  const of = (name: string) => figures[name] ?? 0;
  const number = (name: string) => format.number(of(name));
  const rials = (name: string) => <Toman rials={BigInt(Math.trunc(of(name) / 10)) * 10n} />;
  return (
    <dl className="grid grid-cols-1 max-sm:divide-y max-sm:divide-line max-sm:rounded-card max-sm:border max-sm:border-line max-sm:bg-surface sm:grid-cols-2 sm:gap-4 xl:grid-cols-4">
      <Stat name={t('users')} value={number('total_users')}>
        {t('active', { count: of('active_users') })}
      </Stat>
      <Stat name={t('vendors')} value={number('total_vendors')}>
        {t('active', { count: of('active_vendors') })}
      </Stat>
      <Stat name={t('conversions')} value={number('total_conversions')}>
        {t('conversionsMore', {
          open: of('pending_conversions') + of('processing_conversions'),
          completed: of('completed_conversions'),
          failed: of('failed_conversions'),
        })}
      </Stat>
      <Stat name={t('lastDay')} value={number('conversions_last_24h')}>
        {t('lastMonth', { count: of('conversions_last_30d') })}
      </Stat>
      <Stat name={t('revenue')} value={rials('total_revenue')}>
        {t('last24h')} {rials('revenue_last_24h')}
      </Stat>
      <Stat name={t('payments')} value={number('total_payments')}>
        {t('paymentsMore', { completed: of('completed_payments'), pending: of('pending_payments') })}
      </Stat>
      <Stat name={t('images')} value={number('total_images')}>
        {t('imagesMore', {
          photos: of('user_images'),
          gallery: of('vendor_images'),
          results: of('result_images'),
        })}
      </Stat>
      <Stat name={t('storage')} value={byteSize(format, of('storage_bytes'))}>
        {t('albums', { count: of('total_albums') })}
      </Stat>
    </dl>
  );
}

function Stat({ name, value, children }: { name: string; value: ReactNode; children: ReactNode }) {
  return (
    <div className="grid content-start gap-0.5 max-sm:grid-cols-[1fr_auto] max-sm:items-baseline max-sm:gap-x-4 max-sm:px-5 max-sm:py-3 sm:rounded-card sm:border sm:border-line sm:bg-surface sm:p-5">
      <dt className="text-sm text-muted">{name}</dt>
      <dd className="tabular font-extrabold max-sm:text-lg sm:text-xl">{value}</dd>
      <dd className="text-xs text-muted max-sm:col-span-2">{children}</dd>
    </div>
  );
}

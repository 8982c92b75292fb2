import { clsx } from 'clsx';
import { useLocale, useTranslations } from 'next-intl';
import { Mark } from '#components/shell/mark.tsx';
import { hasReceipt, receiptRows } from '#lib/payments/receipt/rows.ts';
import type { PaymentView } from '#lib/payments/view.ts';
import { CopyNumber } from './copy-number.tsx';

/** What is known of a payment, on a sheet of paper: a receipt once it was paid. */
export function PaymentReceipt({ payment }: { payment: PaymentView }) {
  const t = useTranslations('receipt');
  const site = useTranslations('site');
  const locale = useLocale();
  return (
    <section aria-labelledby="paper" className="rounded-card border border-line bg-surface">
      <div className="flex items-center justify-between gap-4 border-b border-dashed border-field px-6 py-5 md:px-8">
        <h2 id="paper" className="font-semibold">
          {hasReceipt(payment) ? t('title') : t('details')}
        </h2>
        <p className="flex shrink-0 items-center gap-2 text-sm text-muted">
          <Mark className="size-6" />
          {site('name')}
        </p>
      </div>
      <dl className="px-6 py-3 md:px-8">
        {receiptRows(payment, locale).map(({ name, label, value, isCode }) => (
          <div
            key={`${name} ${value}`}
            className="flex flex-wrap items-baseline justify-between gap-x-6 border-t border-line py-2.5 first:border-0"
          >
            <dt className="text-sm text-muted">{label}</dt>
            {/* What does not fit beside its name stands below it, at the same edge as every other value. */}
            <dd
              data-row={name}
              className={clsx(
                'ms-auto flex min-w-0 items-center gap-1 text-end',
                name === 'amount' && 'text-lg font-extrabold',
              )}
            >
              {name === 'refNumber' ? <CopyNumber number={value} /> : null}
              {isCode ? (
                <bdi dir="ltr" className={clsx('break-all', name === 'id' ? 'text-xs' : 'text-sm')}>
                  {value}
                </bdi>
              ) : (
                value
              )}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

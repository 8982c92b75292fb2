import { Download, Search } from 'lucide-react';
import { useLocale, useTranslations } from 'next-intl';
import { ExportFields } from '#components/admin/export/export-fields.tsx';
import { Button } from '#components/ui/button.tsx';
import { Card } from '#components/ui/card.tsx';
import { SelectField } from '#components/ui/form/select-field.tsx';
import { bookParts } from '#lib/admin/books/export-books.ts';
import { gateways } from '#lib/admin/books/read-filter.ts';
import { type BookFilter, bookStates } from '#lib/admin/books/store.ts';
import { latestMonths } from '#lib/core/dates.ts';
import { type Locale, localePath } from '#lib/core/i18n/routing.ts';

/** Two years of months stand in the list; an address may name any. */
const monthsShown = 24;

function monthName(locale: Locale, from: Date): string {
  const format = new Intl.DateTimeFormat(locale === 'fa' ? 'fa-IR' : 'en-u-ca-persian', {
    month: 'long',
    year: 'numeric',
    timeZone: 'Asia/Tehran',
  });
  const parts = Object.fromEntries(format.formatToParts(from).map(({ type, value }) => [type, value]));
  // The month first, as people say it: the library's own order is the other one in Persian.
  return `${parts.month} ${parts.year}`;
}

type Props = { filter: BookFilter; plans: readonly { value: string; label: string }[] };

/** Which payments to see: a plain form, so that what one looks at has an address. */
export function BookFilters({ filter, plans }: Props) {
  const t = useTranslations('admin.books');
  const locale = useLocale();
  const { month, state, gateway, plan } = filter;
  const latest = latestMonths(new Date(), monthsShown);
  const months = latest.some(({ name }) => name === month.name) ? latest : [month, ...latest];
  return (
    <search>
      <form
        action={localePath(locale, '/admin/books')}
        className="grid items-end gap-4 sm:grid-cols-2 xl:grid-cols-[1fr_1fr_1fr_1fr_auto]"
      >
        <SelectField
          name="month"
          label={t('month')}
          defaultValue={month.name}
          options={months.map(({ name, from }) => ({ value: name, label: monthName(locale, from) }))}
        />
        <SelectField
          name="state"
          label={t('state')}
          defaultValue={state}
          options={bookStates.map((value) => ({ value, label: t(`states.${value}`) }))}
        />
        <SelectField
          name="gateway"
          label={t('gateway')}
          defaultValue={gateway ?? ''}
          options={[
            { value: '', label: t('anyGateway') },
            ...gateways.map((value) => ({ value, label: t(`gateways.${value}`) })),
          ]}
        />
        <SelectField
          name="plan"
          label={t('plan')}
          defaultValue={plan ?? ''}
          options={[{ value: '', label: t('anyPlan') }, ...plans]}
        />
        <Button
          type="submit"
          variant="secondary"
          className="h-12 max-xl:col-span-full max-xl:justify-self-start"
        >
          <Search aria-hidden="true" />
          {t('show')}
        </Button>
      </form>
    </search>
  );
}

/** The month as a file. That it was taken along is written down, with the reason. */
export function BookExport({ filter: { month, state, gateway, plan } }: { filter: BookFilter }) {
  const t = useTranslations('admin');
  const locale = useLocale();
  const kept = { locale, month: month.name, state, gateway: gateway ?? '', plan: plan ?? '' };
  return (
    <Card aria-label={t('books.export')}>
      <form action="/api/admin/books" className="flex flex-wrap items-end gap-4">
        {Object.entries(kept).map(([name, value]) => (
          <input key={name} type="hidden" name={name} value={value} />
        ))}
        <SelectField
          name="part"
          label={t('books.part')}
          defaultValue="payments"
          options={bookParts.map((value) => ({ value, label: t(`books.parts.${value}`) }))}
        />
        <ExportFields />
        <Button type="submit" variant="secondary">
          <Download aria-hidden="true" />
          {t('books.export')}
        </Button>
      </form>
    </Card>
  );
}

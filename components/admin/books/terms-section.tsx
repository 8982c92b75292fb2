import { useFormatter, useLocale, useTranslations } from 'next-intl';
import { Alert } from '#components/ui/alert.tsx';
import { setTerms } from '#lib/admin/books/actions.ts';
import type { Terms } from '#lib/admin/books/store.ts';
import { formatDay } from '#lib/core/dates.ts';
import { ActionDialog, type ActionField } from '../action-dialog.tsx';

/** Changes who sells and with what VAT. */
export function TermsDialog({ terms }: { terms: readonly Terms[] }) {
  const t = useTranslations('admin.books');
  const days = useTranslations('admin.plan');
  const { vatRate = 0, seller = {} } = terms[0] ?? {};
  const code = (name: 'nationalCode' | 'economicCode' | 'postalCode'): ActionField => ({
    name,
    label: t(name),
    value: seller[name] ?? '',
    dir: 'ltr',
  });
  return (
    <ActionDialog
      act="terms"
      action={setTerms}
      fields={[
        { name: 'name', label: t('sellerName'), value: seller.name ?? '' },
        code('nationalCode'),
        code('economicCode'),
        code('postalCode'),
        { name: 'address', label: t('address'), value: seller.address ?? '' },
        { name: 'vatPercent', label: t('vatPercent'), value: String(vatRate / 100), dir: 'ltr' },
        { name: 'startsOn', label: t('startsOn'), hint: days('dayHint'), dir: 'ltr' },
      ]}
    />
  );
}

/** The terms in force and those to come; without any, that invoices say no seller. */
export function TermsSection({ terms }: { terms: readonly Terms[] }) {
  const t = useTranslations('admin.books');
  const format = useFormatter();
  const locale = useLocale();
  if (terms.length === 0) return <Alert tone="information" title={t('noTerms')} />;
  return (
    <ul className="grid gap-1 text-sm text-muted">
      {terms.map(({ startsAt, vatRate, seller }) => (
        <li key={startsAt.toISOString()}>
          {t('termsLine', {
            day: formatDay(locale, startsAt),
            seller: seller.name ?? '–',
            rate: format.number(vatRate / 10_000, { style: 'percent', maximumFractionDigits: 2 }),
          })}
        </li>
      ))}
    </ul>
  );
}

import { Search } from 'lucide-react';
import { useLocale, useTranslations } from 'next-intl';
import { Button } from '#components/ui/button.tsx';
import { SelectField } from '#components/ui/form/select-field.tsx';
import { TextField } from '#components/ui/form/text-field.tsx';
import type { AuditFilter } from '#lib/admin/audit/store.ts';
import { auditActions } from '#lib/audit/audit-actions.ts';
import { localePath } from '#lib/core/i18n/routing.ts';

/** What of the log to see: a plain form, so that what one looks at has an address. */
export function AuditFilters({ filter }: { filter: AuditFilter }) {
  const t = useTranslations('admin.audit');
  const locale = useLocale();
  const actions = [...auditActions].sort().map((action) => ({ value: action, label: action }));
  return (
    <search>
      <form
        action={localePath(locale, '/admin/audit')}
        className="grid items-end gap-4 sm:grid-cols-2 xl:grid-cols-[1fr_1fr_1.5fr_1.5fr_auto]"
      >
        <SelectField
          name="action"
          label={t('action')}
          defaultValue={filter.action ?? ''}
          options={[{ value: '', label: t('anyAction') }, ...actions]}
        />
        <SelectField
          name="by"
          label={t('by')}
          defaultValue={filter.byAdmin ? 'admin' : ''}
          options={[
            { value: '', label: t('anybody') },
            { value: 'admin', label: t('onlyAdmins') },
          ]}
        />
        <TextField
          name="account"
          label={t('account')}
          defaultValue={filter.account}
          dir="ltr"
          autoComplete="off"
        />
        <TextField
          name="target"
          label={t('target')}
          defaultValue={filter.target}
          dir="ltr"
          autoComplete="off"
        />
        <Button
          type="submit"
          variant="secondary"
          className="h-12 max-xl:col-span-full max-xl:justify-self-start"
        >
          <Search aria-hidden="true" />
          {t('filter')}
        </Button>
      </form>
    </search>
  );
}

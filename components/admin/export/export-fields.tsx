import { useTranslations } from 'next-intl';
import { SelectField } from '#components/ui/form/select-field.tsx';
import { TextField } from '#components/ui/form/text-field.tsx';
import { exportFormats } from '#lib/core/table/table.ts';

/** As what kind of file something is taken along, and the reason, which is written down. */
export function ExportFields({ hint }: { hint?: string }) {
  const t = useTranslations('admin');
  return (
    <>
      <SelectField
        name="format"
        label={t('books.format')}
        defaultValue="xlsx"
        options={exportFormats.map((value) => ({ value, label: value.toUpperCase() }))}
      />
      <div className="min-w-0 grow basis-64 sm:max-w-form">
        <TextField
          name="reason"
          label={t('reason.label')}
          {...(hint === undefined ? {} : { hint })}
          required
          minLength={3}
          pattern=".*\S.*\S.*\S.*"
          title={t('reason.short')}
          dir="auto"
          maxLength={300}
          autoComplete="off"
        />
      </div>
    </>
  );
}

import { Download } from 'lucide-react';
import { useLocale, useTranslations } from 'next-intl';
import { Button } from '#components/ui/button.tsx';
import { SelectField } from '#components/ui/form/select-field.tsx';
import { TextField } from '#components/ui/form/text-field.tsx';
import type { ListName } from '#lib/admin/export/lists.ts';
import { exportFormats } from '#lib/core/table/table.ts';

type Props = { list: ListName; query: Readonly<Record<string, string | undefined>> };

/** What a list shows, all pages of it, as a file. That it was taken along is written down, with the reason. */
export function ListExport({ list, query }: Props) {
  const t = useTranslations('admin');
  const locale = useLocale();
  return (
    <details className="min-w-0 text-sm">
      <summary className="w-fit rounded-sm text-lapis underline underline-offset-4">
        {t(`export.lists.${list}`)}
      </summary>
      <form
        action="/api/admin/lists"
        className="mt-4 flex flex-wrap items-start gap-x-3 gap-y-2 rounded-card border border-line bg-surface p-5"
      >
        {Object.entries({ ...query, list, locale }).map(([name, value]) =>
          value ? <input key={name} type="hidden" name={name} value={value} /> : null,
        )}
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
            hint={t('export.hint')}
            required
            minLength={3}
            pattern=".*\S.*\S.*\S.*"
            title={t('reason.short')}
            dir="auto"
            maxLength={300}
            autoComplete="off"
          />
        </div>
        <Button type="submit" variant="secondary" className="h-12 sm:mt-7.5">
          <Download aria-hidden="true" />
          {t('export.take')}
        </Button>
      </form>
    </details>
  );
}

import { Download } from 'lucide-react';
import { useLocale, useTranslations } from 'next-intl';
import { Button } from '#components/ui/button.tsx';
import { Card } from '#components/ui/card.tsx';
import { TextField } from '#components/ui/form/text-field.tsx';
import type { ListName } from '#lib/admin/export/lists.ts';

type Props = { list: ListName; query: Readonly<Record<string, string | undefined>> };

/** What a list shows, all pages of it, as a file. That it was taken along is written down, with the reason. */
export function ListExport({ list, query }: Props) {
  const t = useTranslations('admin');
  const locale = useLocale();
  return (
    <Card aria-label={t(`export.lists.${list}`)}>
      <form action="/api/admin/lists" className="flex flex-wrap items-end gap-4">
        {Object.entries({ ...query, list, locale }).map(([name, value]) =>
          value ? <input key={name} type="hidden" name={name} value={value} /> : null,
        )}
        <div className="min-w-0 grow basis-64">
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
        <Button type="submit" variant="secondary">
          <Download aria-hidden="true" />
          {t(`export.lists.${list}`)}
        </Button>
      </form>
    </Card>
  );
}

import { Download } from 'lucide-react';
import { useLocale, useTranslations } from 'next-intl';
import { Button } from '#components/ui/button.tsx';
import type { ListName } from '#lib/admin/export/lists.ts';
import { ExportFields } from './export-fields.tsx';

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
        <ExportFields hint={t('export.hint')} />
        <Button type="submit" variant="secondary" className="h-12 sm:mt-7.5">
          <Download aria-hidden="true" />
          {t('export.take')}
        </Button>
      </form>
    </details>
  );
}

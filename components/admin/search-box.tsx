import { Search } from 'lucide-react';
import { useLocale, useTranslations } from 'next-intl';
import { Button } from '#components/ui/button.tsx';
import { TextField } from '#components/ui/form/text-field.tsx';
import { localePath } from '#lib/core/i18n/routing.ts';

/** One line to search a list with: a plain form, so that a search has an address. */
export function SearchBox({
  action,
  label,
  hint,
  value,
  kept = {},
}: {
  action: string;
  label: string;
  hint: string;
  value: string;
  /** The other filters of the list, which a search leaves as they are. */
  kept?: Readonly<Record<string, string | undefined>>;
}) {
  const t = useTranslations('admin');
  const locale = useLocale();
  return (
    <search>
      <form action={localePath(locale, action)} className="flex items-start gap-3">
        {Object.entries(kept).map(([name, one]) =>
          one ? <input key={name} type="hidden" name={name} value={one} /> : null,
        )}
        <div className="min-w-0 grow sm:max-w-form">
          <TextField
            name="q"
            type="search"
            label={label}
            hint={hint}
            defaultValue={value}
            dir="auto"
            autoComplete="off"
            maxLength={80}
          />
        </div>
        <Button type="submit" variant="secondary" className="relative mt-7.5 h-12 max-sm:px-3.5">
          <Search aria-hidden="true" />
          <span className="max-sm:sr-only">{t('search')}</span>
        </Button>
      </form>
    </search>
  );
}

import { useLocale, useTranslations } from 'next-intl';
import type { ConversionView } from '#lib/conversions/view.ts';
import { formatDay, formatTime } from '#lib/core/dates.ts';
import { DeleteDialog } from './delete-dialog.tsx';
import { FavouriteButton } from './favourite-button.tsx';
import { RenameDialog } from './rename-dialog.tsx';
import { useTitleOf } from './title-of.ts';

/** What a conversion is called and when it was asked for; once it has ended, what one may do with the entry. */
export function ConversionHeader({ conversion }: { conversion: ConversionView }) {
  const t = useTranslations('conversions');
  const styles = useTranslations('styles');
  const title = useTitleOf()(conversion);
  const locale = useLocale();
  const { id, status, createdAt, isFavourite, style, result } = conversion;
  const created = new Date(createdAt);
  return (
    <header className="mb-5 flex flex-wrap items-center justify-between gap-x-6 gap-y-1">
      <div className="min-w-0">
        <h1 className="text-xl font-extrabold wrap-anywhere" dir="auto">
          {title}
        </h1>
        <p className="text-sm text-muted">
          {conversion.title ? `${styles(`${style}.title`)} · ` : null}
          <time dateTime={createdAt}>
            {t('at', { day: formatDay(locale, created), time: formatTime(locale, created) })}
          </time>
        </p>
      </div>
      {status === 'completed' || status === 'failed' ? (
        <div className="-me-2.5 flex">
          {result ? <FavouriteButton id={id} isFavourite={isFavourite} /> : null}
          {result ? <RenameDialog id={id} title={conversion.title} /> : null}
          <DeleteDialog id={id} hasPicture={result !== null} />
        </div>
      ) : null}
    </header>
  );
}

import { useLocale, useTranslations } from 'next-intl';
import { OwnWords } from '#components/ui/own-words.tsx';
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
  const looks = useTranslations('looks.kind');
  const title = useTitleOf()(conversion);
  const locale = useLocale();
  const { id, status, createdAt, isFavourite, style, credit, strength, result } = conversion;
  const what = credit ? looks(credit.kind) : styles(`${style}.title`);
  const share =
    strength === null ? null : new Intl.NumberFormat(locale, { style: 'percent' }).format(strength);
  const created = new Date(createdAt);
  return (
    // The first row is as high as the buttons that come with the result: nothing below moves then.
    <header className="mb-5 grid grid-cols-[minmax(0,1fr)_auto] items-center max-md:grid-rows-[minmax(2.75rem,auto)_auto] gap-x-4 md:gap-x-6">
      <h1 className="text-xl font-extrabold wrap-anywhere">
        <OwnWords>{title}</OwnWords>
      </h1>
      <p className="col-span-2 text-sm text-muted md:col-span-1 md:col-start-1 md:row-start-2">
        {what === title ? null : `${what} · `}
        {share === null ? null : `${t('strength', { share })} · `}
        <time dateTime={createdAt}>
          {t('at', { day: formatDay(locale, created), time: formatTime(locale, created) })}
        </time>
      </p>
      {status === 'completed' || status === 'failed' ? (
        <div className="-me-2.5 col-start-2 row-start-1 flex md:row-end-3">
          {result ? <FavouriteButton id={id} isFavourite={isFavourite} /> : null}
          {result ? <RenameDialog id={id} title={conversion.title} /> : null}
          <DeleteDialog id={id} hasPicture={result !== null} />
        </div>
      ) : null}
    </header>
  );
}

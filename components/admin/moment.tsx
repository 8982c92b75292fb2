import { useLocale } from 'next-intl';
import { formatDay, formatTime } from '#lib/core/dates.ts';

/** A day and a time in Tehran; a dash when there is none. */
export function Moment({ at }: { at: Date | null }) {
  const locale = useLocale();
  if (!at) return <span aria-hidden="true">–</span>;
  return (
    <time dateTime={at.toISOString()} className="whitespace-nowrap">
      {formatDay(locale, at)} <span className="text-muted">{formatTime(locale, at)}</span>
    </time>
  );
}

import { useFormatter, useLocale, useTranslations } from 'next-intl';
import { Table, Td, Th } from '#components/ui/table.tsx';
import { formatDay } from '#lib/core/dates.ts';

const looks = [
  { bar: 'fill-primary', key: 'bg-primary' },
  { bar: 'fill-saffron', key: 'bg-saffron' },
  { bar: 'fill-field', key: 'bg-field' },
] as const;

export type ChartDay = { readonly day: string; readonly values: readonly number[] };

/** Noon in Tehran, so that the day is that day wherever it is written. */
const noon = (day: string) => new Date(`${day}T12:00:00+03:30`);

const unit = 12;
const height = 100;

/** Days as bars, in the direction one reads, and the same as a table for whoever would rather read or listen. */
export function DayChart({
  title,
  series,
  days,
}: {
  title: string;
  series: readonly string[];
  days: readonly ChartDay[];
}) {
  const t = useTranslations('admin.chart');
  const locale = useLocale();
  const format = useFormatter();
  const most = Math.max(0, ...days.flatMap(({ values }) => values));
  const top = Math.max(1, most);
  const wide = (unit - 2) / series.length;
  const [first, last] = [days[0], days.at(-1)];
  return (
    <figure className="grid min-w-0 content-start gap-3 rounded-card border border-line bg-surface p-5">
      <figcaption className="flex flex-wrap items-center justify-between gap-x-6 gap-y-1 text-sm">
        <span className="font-semibold">{title}</span>
        {series.length > 1 ? (
          <span className="flex flex-wrap gap-x-4 gap-y-1 text-xs text-muted">
            {series.map((name, place) => (
              <span key={name} className="inline-flex items-center gap-1.5">
                <span aria-hidden="true" className={`size-3 rounded-[3px] ${looks[place]?.key}`} />
                {name}
              </span>
            ))}
          </span>
        ) : null}
      </figcaption>
      <p aria-hidden="true" className="tabular text-xs text-muted">
        {format.number(most)}
      </p>
      <svg
        viewBox={`0 0 ${Math.max(1, days.length) * unit} ${height}`}
        preserveAspectRatio="none"
        aria-hidden="true"
        className="h-28 w-full border-b border-line rtl:-scale-x-100"
      >
        {days.flatMap(({ day, values }, index) =>
          values.map((value, place) => {
            const tall = (Math.max(0, value) / top) * height;
            return (
              <rect
                key={`${day}-${series[place]}`}
                x={index * unit + 1 + place * wide}
                y={height - tall}
                width={wide - 0.6}
                height={tall}
                className={looks[place]?.bar}
              />
            );
          }),
        )}
      </svg>
      <p aria-hidden="true" className="flex justify-between text-xs text-muted">
        <span>{first ? formatDay(locale, noon(first.day)) : null}</span>
        <span>{last ? formatDay(locale, noon(last.day)) : null}</span>
      </p>
      <details>
        <summary className="w-fit rounded-sm text-sm text-lapis underline underline-offset-4">
          {t('asTable')}
        </summary>
        <div className="mt-3 max-h-96 overflow-y-auto">
          <Table caption={title}>
            <thead>
              <tr>
                <Th>{t('day')}</Th>
                {series.map((name) => (
                  <Th key={name}>{name}</Th>
                ))}
              </tr>
            </thead>
            <tbody>
              {[...days].reverse().map(({ day, values }) => (
                <tr key={day}>
                  <Td className="whitespace-nowrap">{formatDay(locale, noon(day))}</Td>
                  {values.map((value, place) => (
                    <Td key={series[place]}>{format.number(value)}</Td>
                  ))}
                </tr>
              ))}
            </tbody>
          </Table>
        </div>
      </details>
    </figure>
  );
}

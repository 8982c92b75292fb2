import { useLocale, useTranslations } from 'next-intl';
import { Table, Td, Th } from '#components/ui/table.tsx';
import { formatDay } from '#lib/core/dates.ts';
import type { Insight } from '#lib/gallery/visits-insight.ts';

const series = [
  { name: 'views', bar: 'fill-field', key: 'bg-field' },
  { name: 'tries', bar: 'fill-primary', key: 'bg-primary' },
  { name: 'results', bar: 'fill-saffron', key: 'bg-saffron' },
] as const;

/** Noon in Tehran, so that the day is that day wherever it is written. */
const noon = (day: string) => new Date(`${day}T12:00:00+03:30`);

const unit = 12;
const height = 100;

/**
 * Days as bars, in the direction one reads: three beside each other for each day. Its figures stand below as a
 * table, for everybody who would rather read or listen.
 */
export function InsightChart({ days, label }: { days: Insight['days']; label: string }) {
  const t = useTranslations('insight');
  const locale = useLocale();
  const top = Math.max(1, ...days.flatMap((day) => [day.views, day.tries, day.results]));
  const [first, last] = [days[0], days.at(-1)];
  return (
    <figure className="grid grid-cols-1 gap-3">
      <figcaption className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2 text-sm">
        <span className="font-semibold">{label}</span>
        <span className="flex flex-wrap gap-x-4 gap-y-1 text-muted">
          {series.map(({ name, key }) => (
            <span key={name} className="inline-flex items-center gap-1.5">
              <span aria-hidden="true" className={`size-3 rounded-[3px] ${key}`} />
              {t(name)}
            </span>
          ))}
        </span>
      </figcaption>
      <div className="grid gap-1">
        <div className="grid grid-cols-[auto_1fr] gap-x-2">
          <span aria-hidden="true" className="tabular self-start text-xs text-muted">
            {t('number', { count: top })}
          </span>
          <svg
            viewBox={`0 0 ${Math.max(1, days.length) * unit} ${height}`}
            preserveAspectRatio="none"
            aria-hidden="true"
            className="h-44 w-full border-b border-line rtl:-scale-x-100"
          >
            {days.flatMap((day, index) =>
              series.map(({ name, bar }, place) => {
                const tall = (day[name] / top) * height;
                return (
                  <rect
                    key={`${day.day}-${name}`}
                    x={index * unit + 1 + place * 3.4}
                    y={height - tall}
                    width="3"
                    height={tall}
                    className={bar}
                  />
                );
              }),
            )}
          </svg>
        </div>
        <p aria-hidden="true" className="flex justify-between text-xs text-muted">
          <span>{first ? formatDay(locale, noon(first.day)) : null}</span>
          <span>{last ? formatDay(locale, noon(last.day)) : null}</span>
        </p>
      </div>
      <details>
        <summary className="w-fit rounded-sm text-sm text-lapis underline underline-offset-4">
          {t('asTable')}
        </summary>
        <div className="mt-3 max-h-96 overflow-y-auto">
          <Table caption={label}>
            <thead>
              <tr>
                <Th>{t('day')}</Th>
                {series.map(({ name }) => (
                  <Th key={name}>{t(name)}</Th>
                ))}
              </tr>
            </thead>
            <tbody>
              {[...days].reverse().map((day) => (
                <tr key={day.day}>
                  <Td>{formatDay(locale, noon(day.day))}</Td>
                  {series.map(({ name }) => (
                    <Td key={name}>{t('number', { count: day[name] })}</Td>
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

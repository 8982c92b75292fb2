import { clsx } from 'clsx';
import { useFormatter, useLocale, useTranslations } from 'next-intl';
import { formatDay } from '#lib/core/dates.ts';
import { Table, Td, Th } from './table.tsx';

const tones = {
  primary: { bar: 'fill-primary', key: 'bg-primary' },
  saffron: { bar: 'fill-saffron', key: 'bg-saffron' },
  quiet: { bar: 'fill-field', key: 'bg-field' },
} as const;

type Series = { readonly name: string; readonly tone: keyof typeof tones };
/** `day` as YYYY-MM-DD in Tehran; one value for each series. */
type ChartDay = { readonly day: string; readonly values: readonly number[] };

/** Noon in Tehran, so that the day is that day wherever it is written. */
const noon = (day: string) => new Date(`${day}T12:00:00+03:30`);

const unit = 12;
const height = 100;

type Props = {
  title: string;
  series: readonly Series[];
  days: readonly ChartDay[];
  className?: string;
};

/** Days as bars, in the direction one reads, and the same as a table to read or listen to. */
export function DayChart({ title, series, days, className }: Props) {
  const locale = useLocale();
  const format = useFormatter();
  const most = Math.max(0, ...days.flatMap(({ values }) => values));
  const [first, last] = [days[0], days.at(-1)];
  return (
    <figure className={clsx('grid min-w-0 grid-cols-1 content-start gap-3', className)}>
      <figcaption className="flex flex-wrap items-center justify-between gap-x-6 gap-y-1 text-sm">
        <span className="font-semibold">{title}</span>
        {series.length > 1 ? <Legend series={series} /> : null}
      </figcaption>
      <p aria-hidden="true" className="tabular text-xs text-muted">
        {format.number(most)}
      </p>
      <Bars
        series={series}
        days={days}
        top={Math.max(1, most)}
        tellDay={({ day, values }) =>
          [
            formatDay(locale, noon(day)),
            ...series.map(({ name }, place) => `${name}: ${format.number(values[place] ?? 0)}`),
          ].join('\n')
        }
      />
      <p aria-hidden="true" className="flex justify-between text-xs text-muted">
        <span>{first ? formatDay(locale, noon(first.day)) : null}</span>
        <span>{last ? formatDay(locale, noon(last.day)) : null}</span>
      </p>
      <AsTable title={title} series={series} days={days} />
    </figure>
  );
}

function Legend({ series }: Pick<Props, 'series'>) {
  return (
    <span className="flex flex-wrap gap-x-4 gap-y-1 text-xs text-muted">
      {series.map(({ name, tone }) => (
        <span key={name} className="inline-flex items-center gap-1.5">
          <span aria-hidden="true" className={`size-3 rounded-[3px] ${tones[tone].key}`} />
          {name}
        </span>
      ))}
    </span>
  );
}

type BarsProps = Pick<Props, 'series' | 'days'> & {
  top: number;
  /** What a pointer over a day is told. */
  tellDay: (day: ChartDay) => string;
};

function Bars({ series, days, top, tellDay }: BarsProps) {
  const wide = (unit - 2) / series.length;
  return (
    <svg
      viewBox={`0 0 ${Math.max(1, days.length) * unit} ${height}`}
      preserveAspectRatio="none"
      aria-hidden="true"
      className="h-32 w-full border-b border-line rtl:-scale-x-100"
    >
      {days.flatMap(({ day, values }, at) =>
        series.map(({ name, tone }, place) => {
          const tall = (Math.max(0, values[place] ?? 0) / top) * height;
          return (
            <rect
              key={`${day}-${name}`}
              x={at * unit + 1 + place * wide}
              y={height - tall}
              width={wide - 0.6}
              height={tall}
              className={tones[tone].bar}
            />
          );
        }),
      )}
      {days.map((day, at) => (
        <rect
          key={day.day}
          x={at * unit}
          width={unit}
          height={height}
          className="fill-transparent hover:fill-ink/5"
        >
          <title>{tellDay(day)}</title>
        </rect>
      ))}
    </svg>
  );
}

function AsTable({ title, series, days }: Pick<Props, 'title' | 'series' | 'days'>) {
  const t = useTranslations('ui.chart');
  const locale = useLocale();
  const format = useFormatter();
  return (
    <details>
      <summary className="w-fit rounded-sm text-sm text-lapis underline underline-offset-4">
        {t('asTable')}
      </summary>
      <div className="mt-3 max-h-96 overflow-y-auto">
        <Table caption={title}>
          <thead>
            <tr>
              <Th>{t('day')}</Th>
              {series.map(({ name }) => (
                <Th key={name}>{name}</Th>
              ))}
            </tr>
          </thead>
          <tbody>
            {[...days].reverse().map(({ day, values }) => (
              <tr key={day}>
                <Td className="whitespace-nowrap">{formatDay(locale, noon(day))}</Td>
                {series.map(({ name }, place) => (
                  <Td key={name}>{format.number(values[place] ?? 0)}</Td>
                ))}
              </tr>
            ))}
          </tbody>
        </Table>
      </div>
    </details>
  );
}

import { clsx } from 'clsx';
import { useTranslations } from 'next-intl';
import { StyleFilter } from '#components/studio/style-filter.tsx';
import type { HistoryFilter } from '#lib/conversions/read-store.ts';
import { Link } from '#lib/core/i18n/navigation.ts';
import type { LookName } from '#lib/styles/catalogue.ts';

type Props = { filter: HistoryFilter; styles: readonly LookName[] };

const kinds = ['all', 'favourites', 'failed'] as const;

/** Which of the conversions are listed: three links, and the styles that were used. */
export function HistoryFilters({ filter, styles }: Props) {
  const t = useTranslations('history');
  const titles = useTranslations('styles');
  return (
    <div className="flex flex-wrap items-end justify-between gap-x-6 gap-y-3">
      <nav
        aria-label={t('filters')}
        className="inline-flex max-w-full rounded-control border border-line bg-sunken p-1"
      >
        {kinds.map((kind) => {
          const isChosen = filter.kind === kind;
          return (
            <Link
              key={kind}
              href={kind === 'all' ? '/conversions' : `/conversions?show=${kind}`}
              scroll={false}
              aria-current={isChosen ? 'page' : undefined}
              className={clsx(
                'grid min-h-9 grow place-content-center rounded-sm px-4 text-sm transition-colors duration-quick',
                isChosen ? 'bg-raised font-semibold text-ink' : 'text-muted hover:text-ink',
              )}
            >
              {t(kind)}
            </Link>
          );
        })}
      </nav>
      {styles.length > 1 || filter.kind === 'style' ? (
        <StyleFilter
          chosen={filter.kind === 'style' ? filter.style : ''}
          options={styles
            .map((name) => ({ value: name, label: titles(`${name}.title`) }))
            .sort((a, b) => a.label.localeCompare(b.label))}
        />
      ) : null}
    </div>
  );
}

import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { HistoryFilters } from '#components/conversions/history/history-filters.tsx';
import { HistoryList } from '#components/conversions/history/history-list.tsx';
import { markOf } from '#components/conversions/history/history-memory.ts';
import { ClientMessages } from '#components/shell/client-messages.tsx';
import { ButtonLink } from '#components/ui/button-link.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { getHistoryPage } from '#lib/conversions/queries.ts';
import type { HistoryFilter } from '#lib/conversions/read-store.ts';
import type { Locale } from '#lib/core/i18n/routing.ts';

type Query = Record<string, string | string[] | undefined>;
type Props = { params: Promise<{ locale: Locale }>; searchParams: Promise<Query> };

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('history');
  return { title: t('title'), robots: { index: false } };
}

/** A filter as the address says it. */
function queryOf(filter: HistoryFilter): string {
  if (filter.kind === 'all') return '';
  return filter.kind === 'style' ? `style=${encodeURIComponent(filter.style)}` : `show=${filter.kind}`;
}

/** Everything one has converted, newest first. */
export default async function ConversionsPage({ params, searchParams }: Props) {
  const [{ locale }, query, t, words] = await Promise.all([
    params,
    searchParams,
    getTranslations('history'),
    getTranslations('conversions'),
  ]);
  const { items, next, filter, styles } = await getHistoryPage(locale, query);
  const isBlank = items.length === 0 && filter.kind === 'all';
  const list = queryOf(filter);
  return (
    <main id="main" className="page py-10 md:py-16">
      <div className="flex flex-wrap items-center justify-between gap-4">
        <h1 className="text-2xl font-extrabold">{t('title')}</h1>
        {isBlank ? null : <ButtonLink href="/studio">{words('new')}</ButtonLink>}
      </div>
      {isBlank ? (
        <EmptyState
          title={words('empty.title')}
          action={<ButtonLink href="/studio">{words('empty.action')}</ButtonLink>}
        >
          {words('empty.text')}
        </EmptyState>
      ) : (
        <ClientMessages namespaces={['history', 'conversions', 'styles', 'looks', 'credit']}>
          <div className="mt-6 mb-8">
            <HistoryFilters filter={filter} styles={styles} />
          </div>
          {items.length === 0 && filter.kind !== 'all' ? (
            <EmptyState
              title={t(`none.${filter.kind}.title`)}
              action={
                <ButtonLink variant="secondary" href="/conversions">
                  {t('showAll')}
                </ButtonLink>
              }
            >
              {t(`none.${filter.kind}.text`)}
            </EmptyState>
          ) : (
            // Another filter is another list; a new first page begins it anew.
            <HistoryList key={`${list} ${markOf(items)}`} list={list} first={items} next={next} />
          )}
        </ClientMessages>
      )}
    </main>
  );
}

import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { Suspense } from 'react';
import { ChartSkeleton } from '#components/gallery/gallery-skeletons.tsx';
import { InsightLists } from '#components/gallery/insight/insight-lists.tsx';
import { InsightTotals } from '#components/gallery/insight/insight-totals.tsx';
import { Card } from '#components/ui/card.tsx';
import { DayChart } from '#components/ui/day-chart.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { requireVendor } from '#lib/auth/door/current.ts';
import { Link } from '#lib/core/i18n/navigation.ts';
import type { Locale } from '#lib/core/i18n/routing.ts';
import { type InsightQuery, insightQuery } from '#lib/gallery/insight/input.ts';
import { getInsight } from '#lib/gallery/insight/queries.ts';
import { insightDays } from '#lib/gallery/insight/read-insight.ts';

type Props = {
  params: Promise<{ locale: Locale }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('insight');
  return { title: t('title'), robots: { index: false } };
}

/** How often a vendor's pictures and albums were looked at and tried, day by day. */
export default async function InsightPage({ params, searchParams }: Props) {
  const { locale } = await params;
  await requireVendor(locale);
  const query = insightQuery.parse(await searchParams);
  const t = await getTranslations('insight');
  return (
    <main id="main" className="page grid grid-cols-1 content-start gap-8 py-8 md:py-10">
      <div className="flex flex-wrap items-end justify-between gap-4">
        <div className="grid gap-1">
          <h1 className="text-2xl font-extrabold">{t('title')}</h1>
          <p className="max-w-text text-sm text-muted">{t('lead')}</p>
        </div>
        <nav aria-label={t('span')} className="flex gap-1.5">
          {insightDays.map((days) => (
            <Link
              key={days}
              href={`/vendor/insight?days=${days}`}
              aria-current={days === query.days ? 'true' : undefined}
              className="inline-flex min-h-10 items-center rounded-full border border-line bg-surface px-4 text-sm text-muted hover:border-field hover:text-ink aria-[current]:border-primary aria-[current]:bg-primary-soft aria-[current]:font-semibold aria-[current]:text-primary"
            >
              {t('days', { count: days })}
            </Link>
          ))}
        </nav>
      </div>
      <Suspense fallback={<ChartSkeleton />}>
        <Figures query={query} />
      </Suspense>
    </main>
  );
}

async function Figures({ query }: { query: InsightQuery }) {
  const [t, insight] = await Promise.all([getTranslations('insight'), getInsight(query)]);
  if (!insight) return null;
  const { totals, about } = insight;
  if (!about && totals.views + totals.tries + totals.results === 0)
    return <EmptyState title={t('empty')}>{t('emptyHint')}</EmptyState>;
  return (
    <>
      <Card className="grid grid-cols-1 gap-6">
        <InsightTotals totals={totals} />
        {about ? (
          <Link
            href={`/vendor/insight?days=${query.days}`}
            className="w-fit text-sm text-lapis underline underline-offset-4"
          >
            {t('whole')}
          </Link>
        ) : null}
        <DayChart
          title={about ? t(`of.${about.kind}`, { name: about.name }) : t('of.gallery')}
          series={[
            { name: t('views'), tone: 'quiet' },
            { name: t('tries'), tone: 'primary' },
            { name: t('results'), tone: 'saffron' },
          ]}
          days={insight.days.map(({ day, views, tries, results }) => ({
            day,
            values: [views, tries, results],
          }))}
        />
      </Card>
      <InsightLists insight={insight} days={query.days} />
    </>
  );
}

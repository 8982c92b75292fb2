import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { HistoryItem } from '#components/conversions/history-item.tsx';
import { ButtonLink } from '#components/ui/button-link.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { Pager } from '#components/ui/pager.tsx';
import { getHistoryPage } from '#lib/conversions/queries.ts';
import type { Locale } from '#lib/core/i18n/routing.ts';

type Props = { params: Promise<{ locale: Locale }>; searchParams: Promise<{ cursor?: string | string[] }> };

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('conversions');
  return { title: t('title') };
}

/** Everything one has converted, newest first. */
export default async function ConversionsPage({ params, searchParams }: Props) {
  const [{ locale }, { cursor }, t] = await Promise.all([
    params,
    searchParams,
    getTranslations('conversions'),
  ]);
  const from = typeof cursor === 'string' ? cursor : undefined;
  const { items, next } = await getHistoryPage(locale, { cursor: from });
  return (
    <main id="main" className="page py-10 md:py-16">
      <div className="flex flex-wrap items-center justify-between gap-4">
        <h1 className="text-2xl font-extrabold">{t('title')}</h1>
        {items.length > 0 ? <ButtonLink href="/studio">{t('new')}</ButtonLink> : null}
      </div>
      {items.length === 0 ? (
        <EmptyState
          title={t('empty.title')}
          action={<ButtonLink href="/studio">{t('empty.action')}</ButtonLink>}
        >
          {t('empty.text')}
        </EmptyState>
      ) : (
        <ul className="mt-8 flex flex-wrap [--row:9rem] md:[--row:13.5rem] gap-x-4 gap-y-8 md:gap-x-6 md:gap-y-10">
          {items.map((conversion) => (
            <HistoryItem key={conversion.id} conversion={conversion} />
          ))}
          {/* Takes what is left of the last row, so that its pictures do not grow. */}
          <li aria-hidden="true" className="h-0 grow-[100]" />
        </ul>
      )}
      {next ? <Pager href={`/conversions?cursor=${encodeURIComponent(next)}`} label={t('older')} /> : null}
    </main>
  );
}

import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { ReceivedList } from '#components/sharing/lead/received-list.tsx';
import { ClientMessages } from '#components/shell/client-messages.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { Pager } from '#components/ui/pager.tsx';
import { Link } from '#lib/core/i18n/navigation.ts';
import type { Locale } from '#lib/core/i18n/routing.ts';
import { receivedQuery } from '#lib/sharing/lead/input.ts';
import { getReceived } from '#lib/sharing/lead/queries.ts';

type Props = {
  params: Promise<{ locale: Locale }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

const path = '/vendor/received';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('leads');
  return { title: t('title'), robots: { index: false } };
}

/** Results that people sent to this shop, each with a place for its answer. */
export default async function ReceivedPage({ params, searchParams }: Props) {
  const { locale } = await params;
  const query = receivedQuery.parse(await searchParams);
  const { items, next } = await getReceived(locale, query);
  const t = await getTranslations('leads');
  const list = query.away ? `${path}?away=1` : path;
  return (
    <main id="main" className="page grid grid-cols-1 content-start gap-6 py-8 md:py-10">
      <div className="flex flex-wrap items-end justify-between gap-4">
        <div className="grid gap-1">
          <h1 className="text-2xl font-extrabold">{t('title')}</h1>
          <p className="max-w-text text-sm text-muted">{t('lead')}</p>
        </div>
        <Link
          href={query.away ? path : `${path}?away=1`}
          className="text-sm text-lapis underline underline-offset-4"
        >
          {t(query.away ? 'toNew' : 'toAway')}
        </Link>
      </div>
      <ClientMessages namespaces={['leads', 'auth']}>
        {items.length === 0 ? (
          <EmptyState title={t(query.away ? 'emptyAway' : 'empty')}>{t('emptyText')}</EmptyState>
        ) : (
          <ReceivedList leads={items} />
        )}
      </ClientMessages>
      {next ? <Pager href={`${list}${query.away ? '&' : '?'}after=${next}`} label={t('older')} /> : null}
    </main>
  );
}

import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { ErrorTable } from '#components/developers/error-table.tsx';
import { OperationTable } from '#components/developers/operation-table.tsx';
import { Snippet } from '#components/developers/snippet.tsx';
import { TryRequest } from '#components/developers/try-request.tsx';
import { ClientMessages } from '#components/shell/client-messages.tsx';
import { describePage } from '#components/shell/describe-page.ts';
import { buttonLook } from '#components/ui/button.tsx';
import { operations } from '#lib/api/operations/table.ts';
import { env } from '#lib/core/env/env.ts';
import { Link } from '#lib/core/i18n/navigation.ts';
import type { Locale } from '#lib/core/i18n/routing.ts';

export async function generateMetadata({
  params,
}: {
  params: Promise<{ locale: Locale }>;
}): Promise<Metadata> {
  const { locale } = await params;
  const t = await getTranslations({ locale, namespace: 'developers' });
  return describePage(locale, { title: t('title'), description: t('description'), path: '/developers' });
}

const rules = ['keys', 'pages', 'limits', 'events', 'webhooks'] as const;

/** How programs use an account: the token, a request to try, every operation, every error. */
export default async function DevelopersPage() {
  const t = await getTranslations('developers');
  const url = `${env().nextauthUrl}/api/v1`;
  const listed = operations.map(({ id, method, path, scope, for: kinds }) => ({
    id,
    method,
    path,
    scope,
    kinds,
  }));
  return (
    <main id="main" className="page grid gap-12 py-12 md:py-20">
      <div className="grid max-w-text gap-4">
        <h1 className="text-2xl font-extrabold md:text-3xl">{t('title')}</h1>
        <p className="text-lg text-muted">{t('intro')}</p>
      </div>
      <section className="grid max-w-text gap-4">
        <h2 className="text-lg font-semibold">{t('token.title')}</h2>
        <p>{t('token.text')}</p>
        <p className="flex flex-wrap gap-3">
          <Link href="/account#tokens" className={buttonLook({ variant: 'secondary' })}>
            {t('token.user')}
          </Link>
          <Link href="/vendor/profile#tokens" className={buttonLook({ variant: 'secondary' })}>
            {t('token.vendor')}
          </Link>
        </p>
      </section>
      <section className="grid max-w-text gap-4">
        <h2 className="text-lg font-semibold">{t('try.title')}</h2>
        <p>{t('try.text')}</p>
        <Snippet
          label={t('try.title')}
          text={`TOKEN=stayler_...\ncurl -H "Authorization: Bearer $TOKEN" ${url}/account`}
        />
        <ClientMessages namespaces={['developers.try']}>
          <TryRequest />
        </ClientMessages>
        <p>{t('try.photo')}</p>
        <Snippet
          label={t('try.steps')}
          text={[
            `curl -H "Authorization: Bearer $TOKEN" -H "Idempotency-Key: photo-1" -F file=@me.jpg ${url}/photos`,
            `curl -H "Authorization: Bearer $TOKEN" -H "Idempotency-Key: oil-1" -H "Content-Type: application/json" \\`,
            `  -d '{"imageIds": ["PHOTO"], "style": "oil"}' ${url}/conversions`,
            `curl -N -H "Authorization: Bearer $TOKEN" ${url}/conversions/CONVERSION/events`,
            `curl -H "Authorization: Bearer $TOKEN" -o oil.jpg ${url}/conversions/CONVERSION/result`,
          ].join('\n')}
        />
      </section>
      <section className="grid max-w-text gap-4">
        <h2 className="text-lg font-semibold">{t('rules.title')}</h2>
        <ul className="grid list-disc gap-2 ps-5">
          {rules.map((rule) => (
            <li key={rule}>{t(`rules.${rule}`)}</li>
          ))}
        </ul>
      </section>
      <section className="grid grid-cols-[minmax(0,1fr)] gap-4">
        <h2 className="text-lg font-semibold">{t('list.title')}</h2>
        <p className="max-w-text">{t('list.text')}</p>
        {/* A file, not a page: the router must not take it for one. */}
        <a
          href="/api/v1/openapi.json"
          className={`${buttonLook({ variant: 'secondary' })} justify-self-start`}
        >
          {t('list.open')}
        </a>
        <OperationTable operations={listed} />
      </section>
      <section className="grid grid-cols-[minmax(0,1fr)] gap-4">
        <h2 className="text-lg font-semibold">{t('errors.title')}</h2>
        <p className="max-w-text">{t('errors.text')}</p>
        <ErrorTable />
      </section>
    </main>
  );
}

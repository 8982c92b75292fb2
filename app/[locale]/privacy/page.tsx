import type { Metadata } from 'next';
import { useTranslations } from 'next-intl';
import { getTranslations } from 'next-intl/server';
import { describePage } from '#components/shell/describe-page.ts';
import { TextPage } from '#components/shell/text-page.tsx';
import { env } from '#lib/core/env/env.ts';
import type { Locale } from '#lib/core/i18n/routing.ts';

export async function generateMetadata({
  params,
}: {
  params: Promise<{ locale: Locale }>;
}): Promise<Metadata> {
  const { locale } = await params;
  const t = await getTranslations({ locale, namespace: 'pages.privacy' });
  return describePage(locale, { title: t('title'), description: t('lead'), path: '/privacy' });
}

/** What is kept and who sees it, as this installation is configured. */
export default function PrivacyPage() {
  const engines = useTranslations('files.engines');
  const { styleEngine } = env();
  const isLocal = styleEngine === 'local';
  return (
    <TextPage
      page="privacy"
      sections={[
        'kept',
        'who',
        isLocal ? 'engineLocal' : 'engineHosted',
        'check',
        'galleries',
        'services',
        'password',
        'long',
        'rights',
        'cookies',
      ]}
      values={isLocal ? {} : { engine: engines(styleEngine) }}
    />
  );
}

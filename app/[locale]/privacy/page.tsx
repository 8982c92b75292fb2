import type { Metadata } from 'next';
import { useTranslations } from 'next-intl';
import { getTranslations } from 'next-intl/server';
import { TextPage } from '#components/shell/text-page.tsx';
import { env } from '#lib/core/env/env.ts';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('pages.privacy');
  return { title: t('title'), description: t('lead') };
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

import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { LegalText } from '#components/legal/legal-text.tsx';
import { describePage } from '#components/shell/describe-page.ts';
import { readVersion } from '#lib/account/legal/policy.ts';
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

type Props = { params: Promise<{ locale: Locale }>; searchParams: Promise<{ version?: string | string[] }> };

/** What is kept and who sees it, as this installation is configured, or as its operator says. */
export default async function PrivacyPage({ params, searchParams }: Props) {
  const { locale } = await params;
  return <LegalText page="privacy" locale={locale} asked={readVersion((await searchParams).version)} />;
}

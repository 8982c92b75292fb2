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
  const t = await getTranslations({ locale, namespace: 'pages.terms' });
  return describePage(locale, { title: t('title'), description: t('lead'), path: '/terms' });
}

type Props = { params: Promise<{ locale: Locale }>; searchParams: Promise<{ version?: string | string[] }> };

export default async function TermsPage({ params, searchParams }: Props) {
  const { locale } = await params;
  return <LegalText page="terms" locale={locale} asked={readVersion((await searchParams).version)} />;
}

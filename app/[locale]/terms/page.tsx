import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { describePage } from '#components/shell/describe-page.ts';
import { TextPage } from '#components/shell/text-page.tsx';
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

export default function TermsPage() {
  return <TextPage page="terms" sections={['photos', 'vendors', 'quota', 'money', 'limits']} />;
}

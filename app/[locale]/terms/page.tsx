import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { TextPage } from '#components/shell/text-page.tsx';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('pages.terms');
  return { title: t('title'), description: t('lead') };
}

export default function TermsPage() {
  return <TextPage page="terms" sections={['photos', 'vendors', 'quota', 'money', 'limits']} />;
}

import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { TextPage } from '#components/shell/text-page.tsx';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('pages.contact');
  return { title: t('title'), description: t('lead') };
}

export default function ContactPage() {
  return <TextPage page="contact" sections={['fault', 'rights']} />;
}

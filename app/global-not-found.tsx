import type { Metadata } from 'next';
import { getLocale, getTranslations } from 'next-intl/server';
import { Document } from '#components/shell/document.tsx';
import { Missing } from '#components/shell/missing.tsx';
import './[locale]/globals.css';

export async function generateMetadata(): Promise<Metadata> {
  const [t, site] = await Promise.all([getTranslations('notFound'), getTranslations('site')]);
  return { title: `${t('title')} · ${site('name')}` };
}

/** An address no page has claimed: the whole document, in the reader's language and theme. */
export default async function GlobalNotFound() {
  const locale = await getLocale();
  return (
    <Document locale={locale}>
      <Missing />
    </Document>
  );
}

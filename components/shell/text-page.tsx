import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';

type Props = {
  page: 'privacy' | 'terms' | 'contact';
  sections: readonly string[];
  /** What a sentence of a section names. */
  values?: Record<string, string>;
  /** Stands before the sections. */
  children?: ReactNode;
};

/** A quiet page of text: a title, a sentence, and short sections. Its words are under `pages.<page>`. */
export function TextPage({ page, sections, values = {}, children }: Props) {
  const t = useTranslations(`pages.${page}`);
  return (
    <main id="main" className="page py-12 md:py-20">
      <div className="max-w-text">
        <h1 className="text-2xl font-extrabold md:text-3xl">{t('title')}</h1>
        <p className="mt-4 text-lg text-muted">{t('lead')}</p>
        {children}
        {sections.map((section) => (
          <section key={section} className="mt-10">
            <h2 className="text-lg font-semibold">{t(`${section}.title`)}</h2>
            <p className="mt-2">{t(`${section}.text`, values)}</p>
          </section>
        ))}
      </div>
    </main>
  );
}

import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { PublishDialog } from '#components/admin/legal/publish-dialog.tsx';
import { VersionList } from '#components/admin/legal/version-list.tsx';
import { AdminPage } from '#components/admin/shell/admin-page.tsx';
import { Section } from '#components/admin/shell/section.tsx';
import { builtInDraft } from '#components/legal/built-in.ts';
import { getLegalPages } from '#lib/admin/queries.ts';
import type { Locale } from '#lib/core/i18n/routing.ts';

type Props = { params: Promise<{ locale: Locale }> };

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('admin.legal');
  return { title: t('title') };
}

/** Terms and privacy in the operator's own words. */
export default async function AdminLegalPage({ params }: Props) {
  const { locale } = await params;
  const pages = await getLegalPages(locale);
  const t = await getTranslations('admin.legal');
  const sections = await Promise.all(
    pages.map(async ({ page, versions, newest }) => ({
      page,
      versions,
      words: newest ?? { fa: await builtInDraft(page, 'fa'), en: await builtInDraft(page, 'en') },
    })),
  );
  return (
    <AdminPage title={t('title')} lead={t('lead')}>
      {sections.map(({ page, versions, words }) => (
        <Section key={page} title={t(page)} aside={<PublishDialog page={page} words={words} />}>
          <VersionList versions={versions} />
        </Section>
      ))}
    </AdminPage>
  );
}

import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { listAddress, readListQuery, type SearchParams } from '#components/admin/list-address.ts';
import { ReportList } from '#components/admin/moderation/report-list.tsx';
import { CaseList } from '#components/admin/payment/case-list.tsx';
import { AdminPage } from '#components/admin/shell/admin-page.tsx';
import { Section } from '#components/admin/shell/section.tsx';
import { Pager } from '#components/ui/pager.tsx';
import { placeRoles } from '#lib/admin/policy.ts';
import { getReports, getWaitingCases } from '#lib/admin/queries.ts';
import { requireAdmin } from '#lib/auth/door/current.ts';
import type { Locale } from '#lib/core/i18n/routing.ts';

type Props = { params: Promise<{ locale: Locale }>; searchParams: SearchParams };

const path = '/admin/moderation';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('admin');
  return { title: t('moderation.title') };
}

/** Pictures that wait for a word, and what visitors say about those that are public. */
export default async function ModerationPage({ params, searchParams }: Props) {
  const { locale } = await params;
  await requireAdmin(locale, placeRoles.moderation);
  const { after, cases: afterCase } = await readListQuery(searchParams);
  const [t, cases, reports] = await Promise.all([
    getTranslations('admin.moderation'),
    getWaitingCases(locale, afterCase),
    getReports(locale, after),
  ]);
  return (
    <AdminPage title={t('title')} lead={t('lead')}>
      <Section title={t('cases')} lead={t('casesText')}>
        <CaseList cases={cases.items} />
        {cases.next ? (
          <Pager href={listAddress(path, { after, cases: cases.next })} label={t('nextCases')} />
        ) : null}
      </Section>
      <Section title={t('reports')} lead={t('reportsText')}>
        <ReportList reports={reports.items} />
        {reports.next ? (
          <Pager
            href={listAddress(path, { cases: afterCase, after: reports.next })}
            label={t('nextReports')}
          />
        ) : null}
      </Section>
    </AdminPage>
  );
}

import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { ListExport } from '#components/admin/export/list-export.tsx';
import { FilterLinks } from '#components/admin/filter-links.tsx';
import { listAddress, readListQuery, type SearchParams } from '#components/admin/list-address.ts';
import { ReportList } from '#components/admin/moderation/report-list.tsx';
import { CaseList } from '#components/admin/payment/case-list.tsx';
import { AdminPage } from '#components/admin/shell/admin-page.tsx';
import { Section } from '#components/admin/shell/section.tsx';
import { Pager } from '#components/ui/pager.tsx';
import { placeRoles } from '#lib/admin/policy.ts';
import { getReports, getWaitingCases } from '#lib/admin/queries.ts';
import { reportReasons } from '#lib/admin/report/store.ts';
import { requireAdmin } from '#lib/auth/door/current.ts';
import type { Locale } from '#lib/core/i18n/routing.ts';
import { caseReasons } from '#lib/files/review/store.ts';

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
  const query = await readListQuery(searchParams);
  const { after, cases: afterCase } = query;
  const why = caseReasons.find((one) => one === query.why);
  const reported = reportReasons.find((one) => one === query.reported);
  const [t, cases, reports] = await Promise.all([
    getTranslations('admin.moderation'),
    getWaitingCases(locale, why ?? null, afterCase),
    getReports(locale, reported ?? null, after),
  ]);
  return (
    <AdminPage title={t('title')} lead={t('lead')}>
      <Section title={t('cases')} lead={t('casesText')}>
        <FilterLinks
          label={t('whyWaits')}
          choices={[undefined, ...caseReasons].map((one) => ({
            href: listAddress(path, { why: one, reported, after }),
            label: one ? t(`reason.${one}`) : t('anyReason'),
            isHere: one === why,
          }))}
        />
        <CaseList cases={cases.items} />
        {cases.next ? (
          <Pager
            href={listAddress(path, { why, reported, after, cases: cases.next })}
            label={t('nextCases')}
          />
        ) : null}
        <ListExport list="cases" query={{ why }} />
      </Section>
      <Section title={t('reports')} lead={t('reportsText')}>
        <FilterLinks
          label={t('reportedFor')}
          choices={[undefined, ...reportReasons].map((one) => ({
            href: listAddress(path, { why, cases: afterCase, reported: one }),
            label: one ? t(`why.${one}`) : t('anyReason'),
            isHere: one === reported,
          }))}
        />
        <ReportList reports={reports.items} />
        {reports.next ? (
          <Pager
            href={listAddress(path, { why, reported, cases: afterCase, after: reports.next })}
            label={t('nextReports')}
          />
        ) : null}
        <ListExport list="reports" query={{ reported }} />
      </Section>
    </AdminPage>
  );
}

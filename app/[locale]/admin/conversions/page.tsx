import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { ConversionTable } from '#components/admin/conversion/conversion-table.tsx';
import { ListExport } from '#components/admin/export/list-export.tsx';
import { EngineFigures, StyleFigures } from '#components/admin/figures/style-figures.tsx';
import { FilterLinks } from '#components/admin/filter-links.tsx';
import { listAddress, readListQuery, type SearchParams } from '#components/admin/list-address.ts';
import { SearchBox } from '#components/admin/search-box.tsx';
import { AdminPage } from '#components/admin/shell/admin-page.tsx';
import { Section } from '#components/admin/shell/section.tsx';
import { Pager } from '#components/ui/pager.tsx';
import { getConversions } from '#lib/admin/conversion/queries.ts';
import { readConversionFilter } from '#lib/admin/conversion/read-filter.ts';
import { conversionShows, failureCodes } from '#lib/admin/conversion/store.ts';
import { placeRoles } from '#lib/admin/policy.ts';
import { requireAdmin } from '#lib/auth/door/current.ts';
import type { Locale } from '#lib/core/i18n/routing.ts';

type Props = { params: Promise<{ locale: Locale }>; searchParams: SearchParams };

const path = '/admin/conversions';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('admin');
  return { title: t('conversions.title') };
}

/** What failed, what is stuck, and how the styles do. */
export default async function AdminConversionsPage({ params, searchParams }: Props) {
  const { locale } = await params;
  await requireAdmin(locale, placeRoles.conversions);
  const query = await readListQuery(searchParams);
  const filter = readConversionFilter(query);
  const { show } = filter;
  const code = filter.code ?? undefined;
  const { q = '' } = query;
  const days = query.days === '1' ? 1 : 7;
  const [t, { page, styles, engines }] = await Promise.all([
    getTranslations('admin.conversions'),
    getConversions(locale, { filter, days, cursor: query.after }),
  ]);
  return (
    <AdminPage title={t('title')}>
      <Section
        title={t('styles')}
        lead={t('stylesText')}
        aside={
          <FilterLinks
            label={t('span')}
            choices={([1, 7] as const).map((span) => ({
              href: listAddress(path, { show, code, q, days: String(span) }),
              label: t('days', { count: span }),
              isHere: days === span,
            }))}
          />
        }
      >
        <StyleFigures styles={styles} />
      </Section>
      <Section title={t('engines')} lead={t('enginesText')}>
        <EngineFigures engines={engines} />
      </Section>
      <Section
        title={t('list')}
        aside={
          <FilterLinks
            label={t('show')}
            choices={conversionShows.map((one) => ({
              href: listAddress(path, { show: one, code, q, days: query.days }),
              label: t(`filter.${one}`),
              isHere: show === one,
            }))}
          />
        }
      >
        <FilterLinks
          label={t('codeLabel')}
          choices={[undefined, ...failureCodes].map((one) => ({
            href: listAddress(path, { show, code: one, q, days: query.days }),
            label: one ? t(`code.${one}`) : t('anyCode'),
            isHere: one === code,
          }))}
        />
        <SearchBox
          action={path}
          label={t('search')}
          hint={t('searchHint')}
          value={q}
          kept={{ show, code, days: query.days }}
        />
        <ConversionTable conversions={page.items} />
      </Section>
      {page.next ? (
        <Pager href={listAddress(path, { show, code, q, days: query.days, after: page.next })} />
      ) : null}
      <ListExport list="conversions" query={{ show, code, q }} />
    </AdminPage>
  );
}

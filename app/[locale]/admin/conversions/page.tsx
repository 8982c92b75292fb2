import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { ConversionTable } from '#components/admin/conversion-table.tsx';
import { EngineFigures, StyleFigures } from '#components/admin/figures/style-figures.tsx';
import { FilterLinks } from '#components/admin/filter-links.tsx';
import { listAddress, readListQuery, type SearchParams } from '#components/admin/list-address.ts';
import { AdminPage } from '#components/admin/shell/admin-page.tsx';
import { Section } from '#components/admin/shell/section.tsx';
import { Pager } from '#components/ui/pager.tsx';
import { placeRoles } from '#lib/admin/policy.ts';
import { getConversions } from '#lib/admin/queries.ts';
import { requireAdmin } from '#lib/auth/door/current.ts';
import type { Locale } from '#lib/core/i18n/routing.ts';

type Props = { params: Promise<{ locale: Locale }>; searchParams: SearchParams };

const path = '/admin/conversions';
const filters = ['failed', 'stuck', 'all'] as const;

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('admin');
  return { title: t('conversions.title') };
}

/** What failed, what is stuck, and how the styles do. */
export default async function AdminConversionsPage({ params, searchParams }: Props) {
  const { locale } = await params;
  await requireAdmin(locale, placeRoles.conversions);
  const query = await readListQuery(searchParams);
  const show = filters.find((one) => one === query.show) ?? 'failed';
  const days = query.days === '1' ? 1 : 7;
  const [t, { page, styles, engines }] = await Promise.all([
    getTranslations('admin.conversions'),
    getConversions(locale, { show, days, cursor: query.after }),
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
              href: listAddress(path, { show, days: String(span) }),
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
            choices={filters.map((one) => ({
              href: listAddress(path, { show: one, days: query.days }),
              label: t(`filter.${one}`),
              isHere: show === one,
            }))}
          />
        }
      >
        <ConversionTable conversions={page.items} />
      </Section>
      {page.next ? <Pager href={listAddress(path, { show, days: query.days, after: page.next })} /> : null}
    </AdminPage>
  );
}

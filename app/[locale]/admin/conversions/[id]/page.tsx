import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { ConversionScreen } from '#components/admin/conversion/conversion-screen.tsx';
import { getConversionDetails } from '#lib/admin/conversion/queries.ts';
import { placeRoles } from '#lib/admin/policy.ts';
import { requireAdmin } from '#lib/auth/door/current.ts';
import { formatDay } from '#lib/core/dates.ts';
import { type Locale, routing } from '#lib/core/i18n/routing.ts';

type Props = { params: Promise<{ locale: Locale; id: string }> };

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('admin.failures');
  return { title: t('one') };
}

/** One conversion of anybody: why it failed, and what to answer. */
export default async function AdminConversionPage({ params }: Props) {
  const { locale, id } = await params;
  await requireAdmin(locale, placeRoles.conversions);
  const conversion = await getConversionDetails(locale, id);
  if (!conversion) notFound();
  const { failureCode, returnedAt, pool } = conversion;
  const answers = await Promise.all(
    routing.locales.map(async (language) => {
      const t = await getTranslations({ locale: language, namespace: 'admin.failures' });
      const back = returnedAt
        ? t(`told.${pool}`, { day: formatDay(language, returnedAt) })
        : t('told.nothing');
      return { locale: language, text: `${t(`say.${failureCode ?? 'internal'}`)} ${back}` };
    }),
  );
  return <ConversionScreen conversion={conversion} answers={answers} />;
}

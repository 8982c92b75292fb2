import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { OpenCodes } from '#components/auth/open-codes.tsx';
import { NoticeList } from '#components/notifications/notice-list.tsx';
import { refuseVendorCodes } from '#lib/account/actions.ts';
import { getVendorCodes } from '#lib/account/queries.ts';
import { requireVendor } from '#lib/auth/door/current.ts';
import type { Locale } from '#lib/core/i18n/routing.ts';
import { readVendorNotices } from '#lib/notifications/actions.ts';
import { listVendorNotices } from '#lib/notifications/queries.ts';

type Props = { params: Promise<{ locale: Locale }> };

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('notices');
  return { title: t('title'), robots: { index: false } };
}

/** What the signed-in vendor was told. */
export default async function VendorNoticesPage({ params }: Props) {
  const { locale } = await params;
  await requireVendor(locale);
  const codes = await getVendorCodes(locale);
  return (
    <NoticeList notices={await listVendorNotices(locale)} readAll={readVendorNotices} account="vendor">
      <OpenCodes codes={codes} refuse={refuseVendorCodes} />
    </NoticeList>
  );
}

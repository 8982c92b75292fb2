import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { OpenCodes } from '#components/auth/open-codes.tsx';
import { NoticeList } from '#components/notifications/notice-list.tsx';
import { refuseUserCodes } from '#lib/account/actions.ts';
import { getUserCodes } from '#lib/account/queries.ts';
import { requireUser } from '#lib/auth/door/current.ts';
import type { Locale } from '#lib/core/i18n/routing.ts';
import { readUserNotices } from '#lib/notifications/actions.ts';
import { listUserNotices } from '#lib/notifications/queries.ts';

type Props = { params: Promise<{ locale: Locale }> };

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('notices');
  return { title: t('title'), robots: { index: false } };
}

/** What the signed-in user was told. */
export default async function UserNoticesPage({ params }: Props) {
  const { locale } = await params;
  await requireUser(locale);
  const codes = await getUserCodes(locale);
  return (
    <NoticeList notices={await listUserNotices(locale)} readAll={readUserNotices} account="user">
      <OpenCodes codes={codes} refuse={refuseUserCodes} />
    </NoticeList>
  );
}

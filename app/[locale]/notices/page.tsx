import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { NoticeList } from '#components/notifications/notice-list.tsx';
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
  return <NoticeList notices={await listUserNotices(locale)} readAll={readUserNotices} account="user" />;
}

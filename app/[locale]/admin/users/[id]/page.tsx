import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { AccountScreen } from '#components/admin/account/account-screen.tsx';
import { placeRoles } from '#lib/admin/policy.ts';
import { getAccountDetails } from '#lib/admin/queries.ts';
import { requireAdmin } from '#lib/auth/door/current.ts';
import type { Locale } from '#lib/core/i18n/routing.ts';

type Props = { params: Promise<{ locale: Locale; id: string }> };

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('admin');
  return { title: t('accounts.one.user') };
}

/** One user and what belongs to them. */
export default async function AdminUserPage({ params }: Props) {
  const { locale, id } = await params;
  await requireAdmin(locale, placeRoles.users);
  const details = await getAccountDetails(locale, 'user', id);
  if (!details) notFound();
  return <AccountScreen kind="user" details={details} />;
}

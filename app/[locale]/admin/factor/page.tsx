import type { Metadata } from 'next';
import { notFound, redirect } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { EnrolFactor } from '#components/admin/factor/enrol-factor.tsx';
import { ProveFactor } from '#components/admin/factor/prove-factor.tsx';
import { AuthCard } from '#components/auth/auth-card.tsx';
import { currentAdmin, requireUser } from '#lib/auth/door/current.ts';
import { adminPaths, withNext } from '#lib/auth/paths.ts';
import { safePath } from '#lib/auth/safe-path.ts';
import { type Locale, localePath } from '#lib/core/i18n/routing.ts';

type Props = {
  params: Promise<{ locale: Locale }>;
  searchParams: Promise<{ next?: string | string[] }>;
};

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('admin.factor');
  return { title: t('title') };
}

/** Where an administrator gets a second factor, or shows it: nothing of the console opens before. */
export default async function FactorPage({ params, searchParams }: Props) {
  const { locale } = await params;
  await requireUser(locale);
  const [t, admin, { next }] = await Promise.all([
    getTranslations('admin.factor'),
    currentAdmin(),
    searchParams,
  ]);
  if (!admin) notFound();
  const path = safePath(next, adminPaths.home);
  if (admin.standing === 'fresh') redirect(localePath(locale, path));
  if (admin.standing === 'stale') {
    redirect(localePath(locale, withNext(adminPaths.again, path, adminPaths.home)));
  }
  return admin.standing === 'unenrolled' ? (
    <AuthCard title={t('enrol.title')} text={t('enrol.text')}>
      <EnrolFactor next={localePath(locale, path)} />
    </AuthCard>
  ) : (
    <AuthCard title={t('title')} text={t('text')}>
      <ProveFactor next={localePath(locale, path)} />
    </AuthCard>
  );
}

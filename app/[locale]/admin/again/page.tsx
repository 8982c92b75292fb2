import type { Metadata } from 'next';
import { notFound, redirect } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { ButtonLink } from '#components/ui/button-link.tsx';
import { Khatam } from '#components/ui/khatam.tsx';
import { currentAdmin, requireUser } from '#lib/auth/door/current.ts';
import { adminPaths, authPaths, withNext } from '#lib/auth/paths.ts';
import { adminSessionMinutes } from '#lib/auth/policy.ts';
import { safePath } from '#lib/auth/safe-path.ts';
import { type Locale, localePath } from '#lib/core/i18n/routing.ts';

type Props = {
  params: Promise<{ locale: Locale }>;
  searchParams: Promise<{ next?: string | string[] }>;
};

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('admin');
  return { title: t('again.title') };
}

/** An administrator who signed in too long ago: says so, and leads through signing in and back. */
export default async function AgainPage({ params, searchParams }: Props) {
  const { locale } = await params;
  await requireUser(locale);
  const [t, admin, { next }] = await Promise.all([getTranslations('admin'), currentAdmin(), searchParams]);
  if (!admin) notFound();
  const path = safePath(next, adminPaths.home);
  if (admin.standing !== 'stale') redirect(localePath(locale, path));
  return (
    <main id="main" className="page grid grow content-center justify-items-center gap-4 py-20 text-center">
      <Khatam className="mb-4 size-28 text-field" />
      <h1 className="text-2xl font-extrabold">{t('again.title')}</h1>
      <p className="max-w-form text-muted">{t('again.text', { minutes: adminSessionMinutes })}</p>
      <ButtonLink
        href={withNext(authPaths.user.signIn, path, authPaths.user.home)}
        className="mt-4"
        prefetch={false}
      >
        {t('again.signIn')}
      </ButtonLink>
    </main>
  );
}

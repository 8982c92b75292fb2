import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { SignUpForm } from '#components/auth/sign-up-form.tsx';
import { SignUpScreen } from '#components/auth/sign-up-screen.tsx';
import { ClientMessages } from '#components/shell/client-messages.tsx';
import { describePage } from '#components/shell/describe-page.ts';
import { signUpUser } from '#lib/auth/actions.ts';
import { authPaths, withNext } from '#lib/auth/paths.ts';
import { safePath } from '#lib/auth/safe-path.ts';
import type { Locale } from '#lib/core/i18n/routing.ts';

type Props = { searchParams: Promise<{ next?: string | string[] }> };

export async function generateMetadata({
  params,
}: {
  params: Promise<{ locale: Locale }>;
}): Promise<Metadata> {
  const { locale } = await params;
  const t = await getTranslations({ locale, namespace: 'auth' });
  return describePage(locale, {
    title: t('signUp.title.user'),
    description: t('signUp.text.user'),
    path: '/signup',
    isListed: false,
  });
}

export default async function UserSignUpPage({ searchParams }: Props) {
  const { home, verify } = authPaths.user;
  const next = safePath((await searchParams).next, home);
  return (
    <ClientMessages namespaces={['auth']}>
      <SignUpScreen kind="user" next={next}>
        <SignUpForm kind="user" action={signUpUser} next={withNext(verify, next, home)} />
      </SignUpScreen>
    </ClientMessages>
  );
}

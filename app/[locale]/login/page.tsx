import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { SignInScreen } from '#components/auth/sign-in-screen.tsx';
import { ClientMessages } from '#components/shell/client-messages.tsx';
import { describePage } from '#components/shell/describe-page.ts';
import { signInUser } from '#lib/auth/actions.ts';
import { authPaths } from '#lib/auth/paths.ts';
import { safePath } from '#lib/auth/safe-path.ts';
import type { Locale } from '#lib/core/i18n/routing.ts';
import { getPaymentWord } from '#lib/payments/queries.ts';

type Props = { searchParams: Promise<{ next?: string | string[] }> };

export async function generateMetadata({
  params,
}: {
  params: Promise<{ locale: Locale }>;
}): Promise<Metadata> {
  const { locale } = await params;
  const t = await getTranslations({ locale, namespace: 'auth' });
  return describePage(locale, {
    title: t('signIn.title.user'),
    description: t('signUp.text.user'),
    path: '/login',
    isListed: false,
  });
}

export default async function UserSignInPage({ searchParams }: Props) {
  const { next } = await searchParams;
  const path = safePath(next, authPaths.user.home);
  return (
    <ClientMessages namespaces={['auth']}>
      <SignInScreen kind="user" next={path} payment={await getPaymentWord(path)} action={signInUser} />
    </ClientMessages>
  );
}

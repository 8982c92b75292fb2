import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { SignInScreen } from '#components/auth/sign-in-screen.tsx';
import { ClientMessages } from '#components/shell/client-messages.tsx';
import { describePage } from '#components/shell/describe-page.ts';
import { signInVendor } from '#lib/auth/actions.ts';
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
    title: t('signIn.title.vendor'),
    description: t('signUp.text.vendor'),
    path: '/vendor/login',
    isListed: false,
  });
}

export default async function VendorSignInPage({ searchParams }: Props) {
  const { next } = await searchParams;
  const path = safePath(next, authPaths.vendor.home);
  return (
    <ClientMessages namespaces={['auth']}>
      <SignInScreen kind="vendor" next={path} payment={await getPaymentWord(path)} action={signInVendor} />
    </ClientMessages>
  );
}

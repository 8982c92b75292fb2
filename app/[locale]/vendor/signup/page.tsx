import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { SignUpForm } from '#components/auth/sign-up-form.tsx';
import { SignUpScreen } from '#components/auth/sign-up-screen.tsx';
import { ClientMessages } from '#components/shell/client-messages.tsx';
import { describePage } from '#components/shell/describe-page.ts';
import { signUpVendor } from '#lib/auth/actions.ts';
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
    title: t('signUp.title.vendor'),
    description: t('signUp.text.vendor'),
    path: '/vendor/signup',
    isListed: false,
  });
}

export default async function VendorSignUpPage({ searchParams }: Props) {
  const { home, verify } = authPaths.vendor;
  const next = safePath((await searchParams).next, home);
  return (
    <ClientMessages namespaces={['auth']}>
      <SignUpScreen kind="vendor" next={next}>
        <SignUpForm kind="vendor" action={signUpVendor} next={withNext(verify, next, home)} />
      </SignUpScreen>
    </ClientMessages>
  );
}

import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { SignInScreen } from '#components/auth/sign-in-screen.tsx';
import { ClientMessages } from '#components/shell/client-messages.tsx';
import { signInUser } from '#lib/auth/actions.ts';
import { authPaths } from '#lib/auth/paths.ts';
import { safePath } from '#lib/auth/safe-path.ts';
import { getPaymentWord } from '#lib/payments/queries.ts';

type Props = { searchParams: Promise<{ next?: string | string[]; reset?: string | string[] }> };

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('auth');
  return { title: t('signIn.title.user'), robots: { index: false } };
}

export default async function UserSignInPage({ searchParams }: Props) {
  const { next, reset } = await searchParams;
  const path = safePath(next, authPaths.user.home);
  return (
    <ClientMessages namespaces={['auth']}>
      <SignInScreen
        kind="user"
        next={path}
        payment={await getPaymentWord(path)}
        isAfterReset={reset === 'done'}
        action={signInUser}
      />
    </ClientMessages>
  );
}

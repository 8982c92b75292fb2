import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { VerifyScreen } from '#components/auth/verify-screen.tsx';
import { ClientMessages } from '#components/shell/client-messages.tsx';
import { resendUserSignUpCode, verifyUser } from '#lib/auth/actions.ts';
import { authPaths } from '#lib/auth/paths.ts';
import { findWaitingCode } from '#lib/auth/queries.ts';
import { safePath } from '#lib/auth/safe-path.ts';

type Props = { searchParams: Promise<{ next?: string | string[] }> };

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('auth');
  return { title: t('verify.title'), robots: { index: false } };
}

export default async function UserVerifyPage({ searchParams }: Props) {
  return (
    <ClientMessages namespaces={['auth']}>
      <VerifyScreen
        kind="user"
        next={safePath((await searchParams).next, authPaths.user.home)}
        waiting={await findWaitingCode('user', 'phone_verify')}
        verify={verifyUser}
        resend={resendUserSignUpCode}
      />
    </ClientMessages>
  );
}

import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { ResetPasswordScreen } from '#components/auth/reset-password-screen.tsx';
import { ClientMessages } from '#components/shell/client-messages.tsx';
import { resendUserResetCode, resetUserPassword } from '#lib/auth/actions.ts';
import { findWaitingCode } from '#lib/auth/queries.ts';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('auth');
  return { title: t('reset.title'), robots: { index: false } };
}

export default async function UserResetPasswordPage() {
  return (
    <ClientMessages namespaces={['auth']}>
      <ResetPasswordScreen
        kind="user"
        waiting={await findWaitingCode('user', 'password_reset')}
        reset={resetUserPassword}
        resend={resendUserResetCode}
      />
    </ClientMessages>
  );
}

import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { ForgotPasswordScreen } from '#components/auth/forgot-password-screen.tsx';
import { ClientMessages } from '#components/shell/client-messages.tsx';
import { forgotUserPassword } from '#lib/auth/actions.ts';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('auth');
  return { title: t('forgot.title'), robots: { index: false } };
}

export default function UserForgotPasswordPage() {
  return (
    <ClientMessages namespaces={['auth']}>
      <ForgotPasswordScreen kind="user" action={forgotUserPassword} />
    </ClientMessages>
  );
}

import { useTranslations } from 'next-intl';
import { authPaths } from '#lib/auth/paths.ts';
import type { Action } from '#lib/core/action.ts';
import type { AccountKind } from '#lib/core/actor.ts';
import { AuthCard } from './auth-card.tsx';
import { AuthLink } from './auth-link.tsx';
import { ForgotPasswordForm } from './forgot-password-form.tsx';

type Props = { kind: AccountKind; action: Action<unknown> };

/** Asking for a code to set a new password with, for either kind. */
export function ForgotPasswordScreen({ kind, action }: Props) {
  const t = useTranslations('auth.forgot');
  const { signIn, resetPassword } = authPaths[kind];
  return (
    <AuthCard
      title={t('title')}
      text={t('text')}
      footer={
        <AuthLink question={t('back')} href={signIn}>
          {t('backLink')}
        </AuthLink>
      }
    >
      <ForgotPasswordForm action={action} next={resetPassword} />
    </AuthCard>
  );
}

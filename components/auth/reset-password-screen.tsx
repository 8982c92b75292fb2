import { useLocale, useTranslations } from 'next-intl';
import { authPaths } from '#lib/auth/paths.ts';
import type { WaitingCode } from '#lib/auth/queries.ts';
import type { Action } from '#lib/core/action.ts';
import type { AccountKind } from '#lib/core/actor.ts';
import { showPhone } from '#lib/core/phone.ts';
import { AuthCard } from './auth-card.tsx';
import { CodeGone } from './code-gone.tsx';
import { ResendCode } from './resend-code.tsx';
import { ResetPasswordForm } from './reset-password-form.tsx';

type Props = {
  kind: AccountKind;
  waiting: WaitingCode | null;
  reset: Action<unknown>;
  resend: Action<unknown>;
};

/** Setting a new password with a code, for either kind. */
export function ResetPasswordScreen({ kind, waiting, reset, resend }: Props) {
  const t = useTranslations('auth.reset');
  const locale = useLocale();
  const { forgotPassword, home } = authPaths[kind];
  if (!waiting) {
    return (
      <CodeGone title={t('nothing')} text={t('nothingText')} href={forgotPassword} label={t('restart')} />
    );
  }
  return (
    <AuthCard
      title={t('title')}
      text={t.rich('text', { phone: () => <bdi dir="ltr">{showPhone(waiting.phone, locale)}</bdi> })}
    >
      <ResetPasswordForm action={reset} phone={waiting.phone} next={home} />
      <ResendCode waiting={waiting} action={resend} />
    </AuthCard>
  );
}

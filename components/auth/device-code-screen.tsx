import { useLocale, useTranslations } from 'next-intl';
import { authPaths } from '#lib/auth/paths.ts';
import type { WaitingCode } from '#lib/auth/queries.ts';
import type { Action } from '#lib/core/action.ts';
import type { AccountKind } from '#lib/core/actor.ts';
import { showPhone } from '#lib/core/phone.ts';
import { AuthCard } from './auth-card.tsx';
import { AuthLink } from './auth-link.tsx';
import { ForgotPasswordForm } from './forgot-password-form.tsx';
import { ResendCode } from './resend-code.tsx';
import { VerifyForm } from './verify-form.tsx';

type Props = {
  kind: AccountKind;
  next: string;
  /** The code that this browser has asked for. */
  waiting: WaitingCode | null;
  ask: Action<unknown>;
  resend: Action<unknown>;
  signIn: Action<unknown>;
};

/** Signing in with a code that another device of the account shows: the number first, then the code. */
export function DeviceCodeScreen({ kind, next, waiting, ask, resend, signIn }: Props) {
  const t = useTranslations('auth.device');
  const locale = useLocale();
  const { signIn: password, deviceCode } = authPaths[kind];
  const phone = () => <bdi dir="ltr">{showPhone(waiting?.phone ?? '', locale)}</bdi>;
  return (
    <AuthCard
      title={t(waiting ? 'codeTitle' : 'title')}
      text={waiting ? t.rich('codeText', { phone }) : t('text')}
      footer={
        <AuthLink question={t('back')} href={password}>
          {t('backLink')}
        </AuthLink>
      }
    >
      {waiting ? (
        <>
          <VerifyForm action={signIn} next={next} />
          <ResendCode waiting={waiting} action={resend} />
        </>
      ) : (
        <ForgotPasswordForm action={ask} next={deviceCode} submit={t('submit')} />
      )}
    </AuthCard>
  );
}

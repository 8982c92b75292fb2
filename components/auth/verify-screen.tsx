import { useLocale, useTranslations } from 'next-intl';
import { authPaths } from '#lib/auth/paths.ts';
import type { WaitingCode } from '#lib/auth/queries.ts';
import type { Action } from '#lib/core/action.ts';
import type { AccountKind } from '#lib/core/actor.ts';
import { showPhone } from '#lib/core/phone.ts';
import { AuthCard } from './auth-card.tsx';
import { AuthLink } from './auth-link.tsx';
import { CodeGone } from './code-gone.tsx';
import { ResendCode } from './resend-code.tsx';
import { VerifyForm } from './verify-form.tsx';

type Props = {
  kind: AccountKind;
  next: string;
  waiting: WaitingCode | null;
  verify: Action<unknown>;
  resend: Action<unknown>;
};

/** Confirming the number of a new account of either kind. */
export function VerifyScreen({ kind, next, waiting, verify, resend }: Props) {
  const t = useTranslations('auth.verify');
  const locale = useLocale();
  const { signUp } = authPaths[kind];
  if (!waiting) {
    return <CodeGone title={t('nothing')} text={t('nothingText')} href={signUp} label={t('restart')} />;
  }
  return (
    <AuthCard
      title={t('title')}
      text={t.rich('text', { phone: () => <bdi dir="ltr">{showPhone(waiting.phone, locale)}</bdi> })}
      footer={
        <AuthLink question={t('change')} href={signUp}>
          {t('changeLink')}
        </AuthLink>
      }
    >
      <VerifyForm action={verify} next={next} />
      <ResendCode waiting={waiting} action={resend} />
    </AuthCard>
  );
}

import { useTranslations } from 'next-intl';
import { Alert } from '#components/ui/alert.tsx';
import { authPaths, withNext } from '#lib/auth/paths.ts';
import type { Action } from '#lib/core/action.ts';
import type { AccountKind } from '#lib/core/actor.ts';
import type { PaymentWord } from '#lib/payments/read-store.ts';
import { AuthCard } from './auth-card.tsx';
import { AuthLink } from './auth-link.tsx';
import { SignInForm } from './sign-in-form.tsx';

const paymentTones = { paid: 'success', open: 'information', unpaid: 'warning' } as const;

type Props = {
  kind: AccountKind;
  next: string;
  /** How the payment stands whose page this person was sent away from. */
  payment?: PaymentWord | null;
  action: Action<unknown>;
};

/** Signing in as either kind. */
export function SignInScreen({ kind, next, payment = null, action }: Props) {
  const t = useTranslations('auth.signIn');
  const { signUp, forgotPassword, deviceCode, home } = authPaths[kind];
  const other = authPaths[kind === 'user' ? 'vendor' : 'user'];
  return (
    <AuthCard
      title={t(`title.${kind}`)}
      footer={
        <>
          <AuthLink question={t('noAccount')} href={withNext(signUp, next, home)}>
            {t('signUp')}
          </AuthLink>
          <AuthLink question={t('elsewhere')} href={deviceCode}>
            {t('elsewhereLink')}
          </AuthLink>
          <AuthLink question={t(`other.${kind}`)} href={other.signIn}>
            {t(`otherLink.${kind}`)}
          </AuthLink>
        </>
      }
    >
      {payment ? (
        <Alert tone={paymentTones[payment]} title={t(`payment.${payment}.title`)}>
          {t(`payment.${payment}.text`)}
        </Alert>
      ) : null}
      <SignInForm action={action} next={next} forgotPath={forgotPassword} />
    </AuthCard>
  );
}

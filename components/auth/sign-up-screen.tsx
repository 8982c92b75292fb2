import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { authPaths, withNext } from '#lib/auth/paths.ts';
import type { AccountKind } from '#lib/core/actor.ts';
import { AuthCard } from './auth-card.tsx';
import { AuthLink } from './auth-link.tsx';

/** Creating an account of either kind. */
export function SignUpScreen({
  kind,
  next,
  children,
}: {
  kind: AccountKind;
  next: string;
  children: ReactNode;
}) {
  const t = useTranslations('auth.signUp');
  const { signIn, home } = authPaths[kind];
  const other = authPaths[kind === 'user' ? 'vendor' : 'user'];
  return (
    <AuthCard
      title={t(`title.${kind}`)}
      text={t(`text.${kind}`)}
      footer={
        <>
          <AuthLink question={t('haveAccount')} href={withNext(signIn, next, home)}>
            {t('signIn')}
          </AuthLink>
          <AuthLink question={t(`other.${kind}`)} href={other.signUp}>
            {t(`otherLink.${kind}`)}
          </AuthLink>
        </>
      }
    >
      {children}
    </AuthCard>
  );
}

'use client';

import { useTranslations } from 'next-intl';
import { type ReactNode, useState } from 'react';
import { ResendCode } from '#components/auth/resend-code.tsx';
import { SignInForm } from '#components/auth/sign-in-form.tsx';
import { SignUpForm } from '#components/auth/sign-up-form.tsx';
import { VerifyForm } from '#components/auth/verify-form.tsx';
import { Button } from '#components/ui/button.tsx';
import { Sheet, SheetContent } from '#components/ui/overlay/sheet.tsx';
import { resendUserSignUpCode, signInUser, signUpUser, verifyUser } from '#lib/auth/actions.ts';
import { authPaths } from '#lib/auth/paths.ts';

type Props = {
  isOpen: boolean;
  onClose: () => void;
  /** Somebody is signed in now. */
  onJoined: () => void;
  /** What is agreed to by sending a photo. */
  terms: ReactNode;
};

/** Sign-up over the studio: a number, its code, and the picture is made. Nothing of the page behind is lost. */
export function JoinSheet({ isOpen, onClose, onJoined, terms }: Props) {
  const t = useTranslations('studio.join');
  const auth = useTranslations('auth');
  const [step, setStep] = useState<'signUp' | 'verify' | 'signIn'>('signUp');
  const title = {
    signUp: t('title'),
    verify: auth('verify.title'),
    signIn: auth('signIn.title.user'),
  }[step];
  return (
    <Sheet open={isOpen} onOpenChange={(next) => (next ? undefined : onClose())}>
      <SheetContent title={title} description={t(`text.${step}`)}>
        {step === 'signUp' ? (
          <>
            <SignUpForm kind="user" isBrief action={signUpUser} next={() => setStep('verify')} />
            {terms}
            <Other question={auth('signUp.haveAccount')} onClick={() => setStep('signIn')}>
              {auth('signUp.signIn')}
            </Other>
          </>
        ) : null}
        {step === 'verify' ? (
          <>
            <VerifyForm action={verifyUser} next={onJoined} />
            <ResendCode action={resendUserSignUpCode} />
            <Other question={auth('verify.change')} onClick={() => setStep('signUp')}>
              {auth('verify.changeLink')}
            </Other>
          </>
        ) : null}
        {step === 'signIn' ? (
          <>
            <SignInForm action={signInUser} next={onJoined} forgotPath={authPaths.user.forgotPassword} />
            {terms}
            <Other question={auth('signIn.noAccount')} onClick={() => setStep('signUp')}>
              {auth('signIn.signUp')}
            </Other>
          </>
        ) : null}
      </SheetContent>
    </Sheet>
  );
}

function Other({
  question,
  onClick,
  children,
}: {
  question: string;
  onClick: () => void;
  children: ReactNode;
}) {
  return (
    <p className="flex flex-wrap items-center justify-center gap-x-1 text-sm text-muted">
      {question}
      <Button variant="quiet" size="sm" className="text-lapis underline underline-offset-4" onClick={onClick}>
        {children}
      </Button>
    </p>
  );
}

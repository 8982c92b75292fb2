'use client';

import { useTranslations } from 'next-intl';
import { type ComponentProps, useEffect } from 'react';
import { TextField } from '#components/ui/form/text-field.tsx';
import { codeDigits } from '#lib/auth/policy.ts';

type Props = Omit<ComponentProps<typeof TextField>, 'label'> & {
  label?: string;
  /** What to do with a code that the phone read from its message; without it the code is typed. */
  onReceived?: (code: string) => void;
};
type OtpCredential = Credential & { code?: string };

/** The code from the message: one input, which the phone may fill in by itself. */
export function CodeField({ onReceived, label, ...props }: Props) {
  const t = useTranslations('auth.field');
  useEffect(() => {
    if (!onReceived || !('OTPCredential' in window)) return;
    const stop = new AbortController();
    const wanted = { otp: { transport: ['sms'] }, signal: stop.signal } as CredentialRequestOptions;
    navigator.credentials.get(wanted).then(
      (received: OtpCredential | null) => received?.code && onReceived(received.code),
      // Declined, not offered or left: the code can be typed.
      () => undefined,
    );
    return () => stop.abort();
  }, [onReceived]);
  return (
    <TextField
      {...props}
      type="text"
      inputMode="numeric"
      autoComplete="one-time-code"
      dir="ltr"
      maxLength={codeDigits * 2}
      label={label ?? t('code')}
      className="text-center text-lg tracking-widest tabular-nums"
    />
  );
}

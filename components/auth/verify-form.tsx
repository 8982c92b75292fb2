'use client';

import { useTranslations } from 'next-intl';
import { useCallback, useEffect, useRef } from 'react';
import { useActionForm } from '#components/ui/action/use-action-form.ts';
import { FormFailure } from '#components/ui/form/form-failure.tsx';
import { SubmitButton } from '#components/ui/form/submit-button.tsx';
import { verifyInput } from '#lib/auth/input.ts';
import { codeDigits } from '#lib/auth/policy.ts';
import type { Action } from '#lib/core/action.ts';
import { useRouter } from '#lib/core/i18n/navigation.ts';
import { toAsciiDigits } from '#lib/core/phone.ts';
import { CodeField } from './code-field.tsx';

type Props = {
  action: Action<unknown>;
  /** The page that is next, or what is done instead where the form stands over another page. */
  next: string | (() => void);
};

/** The code that confirms a number. */
export function VerifyForm({ action, next }: Props) {
  const t = useTranslations('auth.verify');
  const router = useRouter();
  const form = useActionForm({
    schema: verifyInput,
    empty: { code: '' },
    action,
    onDone: () => (typeof next === 'string' ? router.push(next) : next()),
  });
  const { setValue, setFocus } = form;
  const element = useRef<HTMLFormElement>(null);
  const receive = useCallback(
    (code: string) => {
      setValue('code', code);
      element.current?.requestSubmit();
    },
    [setValue],
  );
  /** The last digit sends it: one tap less, and nobody looks for the button behind the keyboard. */
  const sendWhenWhole = useCallback(() => {
    const typed = new FormData(element.current ?? undefined).get('code');
    const isWhole =
      typeof typed === 'string' && toAsciiDigits(typed).replace(/\D/g, '').length === codeDigits;
    // After the form has taken the digit in.
    if (isWhole) setTimeout(() => element.current?.requestSubmit(), 0);
  }, []);
  useEffect(() => {
    setFocus('code');
    // The code may have been typed, or filled in by the phone, before the page ran.
    sendWhenWhole();
  }, [setFocus, sendWhenWhole]);
  return (
    <form {...form.formProps} ref={element} onInput={sendWhenWhole} className="grid gap-5">
      <CodeField {...form.register('code')} error={form.errorOf('code')} onReceived={receive} />
      <FormFailure failure={form.failure} />
      <SubmitButton isReady={form.isReady} isBusy={form.isBusy}>
        {t('submit')}
      </SubmitButton>
    </form>
  );
}

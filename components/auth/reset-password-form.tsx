'use client';

import { useTranslations } from 'next-intl';
import { useCallback, useRef } from 'react';
import { useActionForm } from '#components/ui/action/use-action-form.ts';
import { FormFailure } from '#components/ui/form/form-failure.tsx';
import { PasswordField } from '#components/ui/form/password-field.tsx';
import { SubmitButton } from '#components/ui/form/submit-button.tsx';
import { resetPasswordInput } from '#lib/auth/input.ts';
import type { Action } from '#lib/core/action.ts';
import { useRouter } from '#lib/core/i18n/navigation.ts';
import { toNationalPhone } from '#lib/core/phone.ts';
import { CodeField } from './code-field.tsx';
import { useWholeCode } from './use-whole-code.ts';

type Props = { action: Action<unknown>; phone: string; next: string };

/** The code and the new password. */
export function ResetPasswordForm({ action, phone, next }: Props) {
  const t = useTranslations();
  const router = useRouter();
  const form = useActionForm({
    schema: resetPasswordInput,
    empty: { code: '', newPassword: '' },
    action,
    onDone: () => router.push(next),
  });
  const { setValue, setFocus } = form;
  const element = useRef<HTMLFormElement>(null);
  // With the password there it is sent; without, that is what is missing.
  const goOn = () => {
    const typed = new FormData(element.current ?? undefined).get('newPassword');
    if (typed) element.current?.requestSubmit();
    else setFocus('newPassword');
  };
  const sendWhenWhole = useWholeCode(element, setFocus, goOn);
  const receive = useCallback(
    (code: string) => {
      setValue('code', code);
      setFocus('newPassword');
    },
    [setValue, setFocus],
  );
  return (
    <form {...form.formProps} ref={element} onInput={sendWhenWhole} className="grid gap-5">
      {/* Whose password it is, for whatever keeps passwords; nobody has to see it again. */}
      <input
        type="text"
        name="username"
        autoComplete="username"
        value={toNationalPhone(phone).replaceAll(' ', '')}
        readOnly
        hidden
      />
      <CodeField {...form.register('code')} error={form.errorOf('code')} onReceived={receive} />
      <PasswordField
        {...form.register('newPassword')}
        autoComplete="new-password"
        label={t('auth.field.newPassword')}
        hint={t('auth.field.passwordHint')}
        error={form.errorOf('newPassword')}
      />
      <FormFailure failure={form.failure} />
      <SubmitButton isReady={form.isReady} isBusy={form.isBusy}>
        {t('auth.reset.submit')}
      </SubmitButton>
    </form>
  );
}

'use client';

import { useTranslations } from 'next-intl';
import { useCallback } from 'react';
import { verifyInput } from '#lib/auth/input.ts';
import type { Action } from '#lib/core/action.ts';
import { useRouter } from '#lib/core/i18n/navigation.ts';
import { CodeField } from './code-field.tsx';
import { FormFailure } from './form-failure.tsx';
import { SubmitButton } from './submit-button.tsx';
import { useAuthForm } from './use-auth-form.ts';

type Props = { action: Action<unknown>; next: string };

/** The code that confirms a number. */
export function VerifyForm({ action, next }: Props) {
  const t = useTranslations('auth.verify');
  const router = useRouter();
  const form = useAuthForm({
    schema: verifyInput,
    empty: { code: '' },
    action,
    onDone: () => router.push(next),
  });
  const { setValue } = form;
  const receive = useCallback((code: string) => setValue('code', code), [setValue]);
  return (
    <form {...form.formProps} className="grid gap-5">
      <CodeField {...form.register('code')} error={form.errorOf('code')} onReceived={receive} />
      <FormFailure failure={form.failure} />
      <SubmitButton isReady={form.isReady} isBusy={form.isBusy}>
        {t('submit')}
      </SubmitButton>
    </form>
  );
}

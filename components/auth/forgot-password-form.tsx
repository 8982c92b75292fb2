'use client';

import { useTranslations } from 'next-intl';
import { useActionForm } from '#components/ui/action/use-action-form.ts';
import { FormFailure } from '#components/ui/form/form-failure.tsx';
import { SubmitButton } from '#components/ui/form/submit-button.tsx';
import { forgotPasswordInput } from '#lib/auth/input.ts';
import type { Action } from '#lib/core/action.ts';
import { useRouter } from '#lib/core/i18n/navigation.ts';
import { PhoneField } from './phone-field.tsx';

type Props = {
  action: Action<unknown>;
  next: string;
  /** What the button says, where the code is for something else. */
  submit?: string;
};

/** The number whose password is forgotten. */
export function ForgotPasswordForm({ action, next, submit }: Props) {
  const t = useTranslations('auth.forgot');
  const router = useRouter();
  const form = useActionForm({
    schema: forgotPasswordInput,
    empty: { phone: '' },
    action,
    onDone: () => router.push(next),
  });
  return (
    <form {...form.formProps} className="grid gap-5">
      <PhoneField {...form.register('phone')} autoComplete="tel" error={form.errorOf('phone')} />
      <FormFailure failure={form.failure} />
      <SubmitButton isReady={form.isReady} isBusy={form.isBusy}>
        {submit ?? t('submit')}
      </SubmitButton>
    </form>
  );
}

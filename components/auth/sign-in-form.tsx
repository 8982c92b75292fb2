'use client';

import { useTranslations } from 'next-intl';
import { useActionForm } from '#components/ui/action/use-action-form.ts';
import { FormFailure } from '#components/ui/form/form-failure.tsx';
import { PasswordField } from '#components/ui/form/password-field.tsx';
import { SubmitButton } from '#components/ui/form/submit-button.tsx';
import { signInInput } from '#lib/auth/input.ts';
import type { Action } from '#lib/core/action.ts';
import { Link, useRouter } from '#lib/core/i18n/navigation.ts';
import { PhoneField } from './phone-field.tsx';

type Props = {
  action: Action<unknown>;
  /** Where to go afterwards: a path of ours with its locale; or what is done where the form stands over a page. */
  next: string | (() => void);
  forgotPath: string;
};

/** Number and password. */
export function SignInForm({ action, next, forgotPath }: Props) {
  const t = useTranslations();
  const router = useRouter();
  const form = useActionForm({
    schema: signInInput,
    empty: { phone: '', password: '' },
    action,
    onDone: () => (typeof next === 'string' ? router.push(next) : next()),
  });
  return (
    <form {...form.formProps} className="grid gap-5">
      <PhoneField {...form.register('phone')} autoComplete="username" error={form.errorOf('phone')} />
      <PasswordField
        {...form.register('password')}
        autoComplete="current-password"
        label={t('auth.field.password')}
        error={form.errorOf('password')}
        aside={
          <Link href={forgotPath} className="text-lapis underline underline-offset-4">
            {t('auth.signIn.forgot')}
          </Link>
        }
      />
      <FormFailure failure={form.failure} />
      <SubmitButton isReady={form.isReady} isBusy={form.isBusy}>
        {t('auth.signIn.submit')}
      </SubmitButton>
    </form>
  );
}

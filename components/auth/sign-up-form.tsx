'use client';

import { useTranslations } from 'next-intl';
import { useActionForm } from '#components/ui/action/use-action-form.ts';
import { FormFailure } from '#components/ui/form/form-failure.tsx';
import { PasswordField } from '#components/ui/form/password-field.tsx';
import { SubmitButton } from '#components/ui/form/submit-button.tsx';
import { TextField } from '#components/ui/form/text-field.tsx';
import { userSignUpInput, vendorSignUpInput } from '#lib/auth/input.ts';
import type { Action } from '#lib/core/action.ts';
import { useRouter } from '#lib/core/i18n/navigation.ts';
import { PhoneField } from './phone-field.tsx';

type Props = {
  action: Action<unknown>;
  /** The page that is next, or what is done instead where the form stands over another page. */
  next: string | (() => void);
  /** Only what an account cannot do without. */
  isBrief?: boolean;
};

/** A user's sign-up: number and password, and a name if one wants to give it. */
export function UserSignUpForm({ action, next, isBrief = false }: Props) {
  const t = useTranslations();
  const router = useRouter();
  const form = useActionForm({
    schema: userSignUpInput,
    empty: { phone: '', password: '', name: '' },
    action,
    onDone: () => (typeof next === 'string' ? router.push(next) : next()),
  });
  return (
    <form {...form.formProps} className="grid gap-5">
      {isBrief ? null : (
        <TextField
          {...form.register('name')}
          autoComplete="name"
          label={t('auth.field.name')}
          aside={t('ui.optional')}
          error={form.errorOf('name')}
        />
      )}
      <PhoneField {...form.register('phone')} autoComplete="tel" error={form.errorOf('phone')} />
      <PasswordField
        {...form.register('password')}
        autoComplete="new-password"
        label={t('auth.field.password')}
        hint={t('auth.field.passwordHint')}
        error={form.errorOf('password')}
      />
      <FormFailure failure={form.failure} />
      <SubmitButton isReady={form.isReady} isBusy={form.isBusy}>
        {t('auth.signUp.submit')}
      </SubmitButton>
    </form>
  );
}

/** A vendor's sign-up: the business, number and password. */
export function VendorSignUpForm({ action, next }: Props) {
  const t = useTranslations();
  const router = useRouter();
  const form = useActionForm({
    schema: vendorSignUpInput,
    empty: { phone: '', password: '', businessName: '' },
    action,
    onDone: () => (typeof next === 'string' ? router.push(next) : next()),
  });
  return (
    <form {...form.formProps} className="grid gap-5">
      <TextField
        {...form.register('businessName')}
        autoComplete="organization"
        label={t('auth.field.businessName')}
        error={form.errorOf('businessName')}
      />
      <PhoneField {...form.register('phone')} autoComplete="tel" error={form.errorOf('phone')} />
      <PasswordField
        {...form.register('password')}
        autoComplete="new-password"
        label={t('auth.field.password')}
        hint={t('auth.field.passwordHint')}
        error={form.errorOf('password')}
      />
      <FormFailure failure={form.failure} />
      <SubmitButton isReady={form.isReady} isBusy={form.isBusy}>
        {t('auth.signUp.submit')}
      </SubmitButton>
    </form>
  );
}

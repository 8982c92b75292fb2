'use client';

import { useTranslations } from 'next-intl';
import { useActionForm } from '#components/ui/action/use-action-form.ts';
import { Button } from '#components/ui/button.tsx';
import { FormFailure } from '#components/ui/form/form-failure.tsx';
import { PasswordField } from '#components/ui/form/password-field.tsx';
import { toast } from '#components/ui/overlay/toast-store.ts';
import { passwordChangeInput } from '#lib/account/input.ts';
import type { Action } from '#lib/core/action.ts';
import { useRouter } from '#lib/core/i18n/navigation.ts';

/** A new password; the present one is asked for. */
export function PasswordForm({ phone, action }: { phone: string; action: Action<unknown> }) {
  const t = useTranslations();
  const router = useRouter();
  const form = useActionForm({
    schema: passwordChangeInput,
    empty: { password: '', newPassword: '' },
    action,
    onDone: () => {
      form.reset();
      toast('success', t('account.password.changed'));
      router.refresh();
    },
    staysOpen: true,
  });
  return (
    <form {...form.formProps} className="grid gap-5">
      {/* Tells a password manager whose password this is. */}
      <input type="hidden" name="username" autoComplete="username" value={phone} readOnly />
      <PasswordField
        {...form.register('password')}
        autoComplete="current-password"
        label={t('account.password.current')}
        error={form.errorOf('password')}
      />
      <PasswordField
        {...form.register('newPassword')}
        autoComplete="new-password"
        label={t('auth.field.newPassword')}
        hint={t('auth.field.passwordHint')}
        error={form.errorOf('newPassword')}
      />
      <FormFailure failure={form.failure} />
      <Button type="submit" busy={form.isBusy} disabled={!form.isReady} className="justify-self-start">
        {t('account.password.submit')}
      </Button>
    </form>
  );
}

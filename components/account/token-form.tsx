'use client';

import { useTranslations } from 'next-intl';
import { useActionForm } from '#components/ui/action/use-action-form.ts';
import { Button } from '#components/ui/button.tsx';
import { Choice } from '#components/ui/form/choice.tsx';
import { FormFailure } from '#components/ui/form/form-failure.tsx';
import { PasswordField } from '#components/ui/form/password-field.tsx';
import { SelectField } from '#components/ui/form/select-field.tsx';
import { TextField } from '#components/ui/form/text-field.tsx';
import { userTokenInput, vendorTokenInput } from '#lib/auth/token/input.ts';
import { scopesOf, tokenLives } from '#lib/auth/token/kinds.ts';
import type { Action } from '#lib/core/action.ts';
import type { AccountKind } from '#lib/core/actor.ts';
import { useRouter } from '#lib/core/i18n/navigation.ts';

type Props = {
  kind: AccountKind;
  phone: string;
  action: Action<{ readonly token: string }>;
  onMade: (token: string) => void;
};

/** What a new token is for, what it may do and how long; the password is asked for. */
export function TokenForm({ kind, phone, action, onMade }: Props) {
  const t = useTranslations('account.tokens');
  const router = useRouter();
  const form = useActionForm({
    schema: (kind === 'user' ? userTokenInput : vendorTokenInput) as typeof userTokenInput,
    empty: { name: '', scopes: [], days: '90', password: '' },
    action,
    onAnswer: ({ token }) => onMade(token),
    onDone: () => router.refresh(),
    staysOpen: true,
  });
  const scopesError = form.errorOf('scopes');
  return (
    <form {...form.formProps} className="grid gap-5">
      {/* Tells a password manager whose password this is. */}
      <input type="hidden" name="username" autoComplete="username" value={phone} readOnly />
      <TextField
        {...form.register('name')}
        label={t('name')}
        hint={t('nameHint')}
        error={form.errorOf('name')}
      />
      <fieldset className="grid gap-1" aria-describedby={scopesError ? 'token-scopes-error' : undefined}>
        <legend className="mb-1 font-semibold">{t('scopes')}</legend>
        {scopesOf[kind].map((scope) => (
          <Choice key={scope} {...form.register('scopes')} value={scope}>
            {t(`scope.${scope.replace(':', '_') as 'account_read'}`)}
          </Choice>
        ))}
        {scopesError ? (
          <p id="token-scopes-error" className="text-sm text-danger">
            {scopesError}
          </p>
        ) : null}
      </fieldset>
      <SelectField
        {...form.register('days')}
        label={t('days')}
        error={form.errorOf('days')}
        options={tokenLives.map((days) => ({ value: String(days), label: t(`lives.${days}`) }))}
      />
      <PasswordField
        {...form.register('password')}
        autoComplete="current-password"
        label={t('password')}
        error={form.errorOf('password')}
      />
      <FormFailure failure={form.failure} />
      <Button type="submit" busy={form.isBusy} disabled={!form.isReady} className="justify-self-start">
        {t('create')}
      </Button>
    </form>
  );
}

'use client';

import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import type { FieldValues } from 'react-hook-form';
import type { z } from 'zod';
import { useActionForm } from '#components/ui/action/use-action-form.ts';
import { FormFailure } from '#components/ui/form/form-failure.tsx';
import { PasswordField } from '#components/ui/form/password-field.tsx';
import { SubmitButton } from '#components/ui/form/submit-button.tsx';
import { TextField } from '#components/ui/form/text-field.tsx';
import { userSignUpInput, vendorSignUpInput } from '#lib/auth/input.ts';
import type { Action } from '#lib/core/action.ts';
import type { AccountKind } from '#lib/core/actor.ts';
import { Link, useRouter } from '#lib/core/i18n/navigation.ts';
import { PhoneField } from './phone-field.tsx';

type Props = {
  kind: AccountKind;
  action: Action<unknown>;
  /** The page that is next, or what is done instead where the form stands over another page. */
  next: string | (() => void);
  /** Only what an account cannot do without. */
  isBrief?: boolean;
};

/** What is typed for an account of either kind. */
type Typed = { phone: string; password: string; name?: string | undefined; businessName?: string };

type Named = {
  schema: z.ZodType<FieldValues, Typed>;
  name: 'name' | 'businessName';
  autoComplete: string;
  isOptional: boolean;
};

/** What each kind of account is called by, and whether it may be left out. */
const names: Record<AccountKind, Named> = {
  user: { schema: userSignUpInput, name: 'name', autoComplete: 'name', isOptional: true },
  vendor: {
    schema: vendorSignUpInput,
    name: 'businessName',
    autoComplete: 'organization',
    isOptional: false,
  },
};

/** A sign-up of either kind: number, password, and a user's name, if one wants to give it, or that of a business. */
export function SignUpForm({ kind, action, next, isBrief = false }: Props) {
  const t = useTranslations();
  const router = useRouter();
  const { schema, name, autoComplete, isOptional } = names[kind];
  const form = useActionForm({
    schema,
    empty: { phone: '', password: '', [name]: '' },
    action,
    onDone: () => (typeof next === 'string' ? router.push(next) : next()),
  });
  return (
    <form {...form.formProps} className="grid gap-5">
      {isBrief ? null : (
        <TextField
          {...form.register(name)}
          autoComplete={autoComplete}
          label={t(`auth.field.${name}`)}
          aside={isOptional ? t('ui.optional') : undefined}
          error={form.errorOf(name)}
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
      <p className="text-xs text-muted">
        {t.rich('auth.signUp.agree', {
          terms: (chunks) => <LegalLink href="/terms">{chunks}</LegalLink>,
          privacy: (chunks) => <LegalLink href="/privacy">{chunks}</LegalLink>,
        })}
      </p>
      <SubmitButton isReady={form.isReady} isBusy={form.isBusy}>
        {t('auth.signUp.submit')}
      </SubmitButton>
    </form>
  );
}

/** Beside the form, which keeps what was typed. */
function LegalLink({ href, children }: { href: string; children: ReactNode }) {
  return (
    <Link href={href} target="_blank" className="text-lapis underline underline-offset-4">
      {children}
    </Link>
  );
}

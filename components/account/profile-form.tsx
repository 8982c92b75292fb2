'use client';

import { useTranslations } from 'next-intl';
import { FormFailure } from '#components/auth/form-failure.tsx';
import { useAuthForm } from '#components/auth/use-auth-form.ts';
import { Button } from '#components/ui/button.tsx';
import { TextareaField, TextField } from '#components/ui/text-field.tsx';
import { toast } from '#components/ui/toast-store.ts';
import { userProfileInput, vendorProfileInput } from '#lib/account/input.ts';
import type { AccountKind } from '#lib/core/actor.ts';
import { useRouter } from '#lib/core/i18n/navigation.ts';
import type { AccountAction } from './account-screen.tsx';

type Props = { kind: AccountKind; name: string; bio: string; action: AccountAction };

/** Name and a few words: of a person, or of a business. */
export function ProfileForm({ kind, ...props }: Props) {
  return kind === 'user' ? <UserProfileForm {...props} /> : <VendorProfileForm {...props} />;
}

function useSaved() {
  const t = useTranslations('account');
  const router = useRouter();
  return () => {
    toast('success', t('profile.saved'));
    router.refresh();
  };
}

function UserProfileForm({ name, bio, action }: Omit<Props, 'kind'>) {
  const t = useTranslations();
  const form = useAuthForm({
    schema: userProfileInput,
    empty: { name, bio },
    action,
    onDone: useSaved(),
    staysOpen: true,
  });
  return (
    <form {...form.formProps} className="grid gap-5">
      <TextField
        {...form.register('name')}
        autoComplete="name"
        label={t('auth.field.name')}
        error={form.errorOf('name')}
        dir="auto"
      />
      <TextareaField
        {...form.register('bio')}
        label={t('account.profile.bio')}
        error={form.errorOf('bio')}
        dir="auto"
      />
      <FormFailure failure={form.failure} />
      <Button type="submit" busy={form.isBusy} disabled={!form.isReady} className="justify-self-start">
        {t('account.profile.save')}
      </Button>
    </form>
  );
}

function VendorProfileForm({ name, bio, action }: Omit<Props, 'kind'>) {
  const t = useTranslations();
  const form = useAuthForm({
    schema: vendorProfileInput,
    empty: { businessName: name, bio },
    action,
    onDone: useSaved(),
    staysOpen: true,
  });
  return (
    <form {...form.formProps} className="grid gap-5">
      <TextField
        {...form.register('businessName')}
        autoComplete="organization"
        label={t('auth.field.businessName')}
        error={form.errorOf('businessName')}
        dir="auto"
      />
      <TextareaField
        {...form.register('bio')}
        label={t('account.profile.bio')}
        error={form.errorOf('bio')}
        dir="auto"
      />
      <FormFailure failure={form.failure} />
      <Button type="submit" busy={form.isBusy} disabled={!form.isReady} className="justify-self-start">
        {t('account.profile.save')}
      </Button>
    </form>
  );
}

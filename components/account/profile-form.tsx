'use client';

import { useTranslations } from 'next-intl';
import { useActionForm } from '#components/ui/action/use-action-form.ts';
import { Button } from '#components/ui/button.tsx';
import { FormFailure } from '#components/ui/form/form-failure.tsx';
import { TextareaField, TextField } from '#components/ui/form/text-field.tsx';
import { toast } from '#components/ui/overlay/toast-store.ts';
import { userProfileInput } from '#lib/account/input.ts';
import type { Action } from '#lib/core/action.ts';
import { useRouter } from '#lib/core/i18n/navigation.ts';

type Props = { name: string; bio: string; action: Action<unknown> };

function useSaved() {
  const t = useTranslations('account');
  const router = useRouter();
  return () => {
    toast('success', t('profile.saved'));
    router.refresh();
  };
}

/** A person's name and a few words. */
export function ProfileForm({ name, bio, action }: Props) {
  const t = useTranslations();
  const form = useActionForm({
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

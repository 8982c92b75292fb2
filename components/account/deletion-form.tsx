'use client';

import { useLocale, useTranslations } from 'next-intl';
import { useEffect, useState } from 'react';
import { forgetDraft } from '#components/studio/draft/draft-flag.ts';
import { useActionForm } from '#components/ui/action/use-action-form.ts';
import { Button } from '#components/ui/button.tsx';
import { FormFailure } from '#components/ui/form/form-failure.tsx';
import { PasswordField } from '#components/ui/form/password-field.tsx';
import { TextField } from '#components/ui/form/text-field.tsx';
import { toast } from '#components/ui/overlay/toast-store.ts';
import { deletionInput, deletionWords } from '#lib/account/input.ts';
import type { Action } from '#lib/core/action.ts';
import { useRouter } from '#lib/core/i18n/navigation.ts';

/** The end of an account: asked for with its password and a word that nobody types by mistake. */
export function DeletionForm({ phone, action }: { phone: string; action: Action<unknown> }) {
  const t = useTranslations('account');
  const [isOpen, setOpen] = useState(false);
  if (!isOpen) {
    return (
      <Button variant="secondary" className="justify-self-start" onClick={() => setOpen(true)}>
        {t('delete.open')}
      </Button>
    );
  }
  return <Question phone={phone} action={action} onCancel={() => setOpen(false)} />;
}

type Props = { phone: string; action: Action<unknown>; onCancel: () => void };

function Question({ phone, action, onCancel }: Props) {
  const t = useTranslations('account');
  const router = useRouter();
  const locale = useLocale();
  const form = useActionForm({
    schema: deletionInput,
    empty: { password: '', confirm: '' },
    action,
    onDone: () => {
      toast('success', t('delete.done'));
      void forgetDraft().catch(() => undefined);
      router.replace('/');
      router.refresh();
    },
  });
  const { setFocus } = form;
  useEffect(() => setFocus('password'), [setFocus]);
  return (
    <form {...form.formProps} className="grid gap-5">
      {/* Tells a password manager whose password this is. */}
      <input type="hidden" name="username" autoComplete="username" value={phone} readOnly />
      <PasswordField
        {...form.register('password')}
        autoComplete="current-password"
        label={t('password.current')}
        error={form.errorOf('password')}
      />
      <TextField
        {...form.register('confirm')}
        autoComplete="off"
        autoCapitalize="off"
        spellCheck={false}
        dir="auto"
        label={t('delete.confirm', { word: deletionWords[locale === 'fa' ? 'fa' : 'en'] })}
        error={form.errorOf('confirm')}
      />
      <FormFailure failure={form.failure} />
      <div className="flex flex-wrap gap-3">
        <Button type="submit" variant="danger" busy={form.isBusy} disabled={!form.isReady}>
          {t('delete.submit')}
        </Button>
        <Button variant="quiet" onClick={onCancel}>
          {t('cancel')}
        </Button>
      </div>
    </form>
  );
}

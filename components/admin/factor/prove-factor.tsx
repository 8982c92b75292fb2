'use client';

import { useTranslations } from 'next-intl';
import { CodeField } from '#components/auth/code-field.tsx';
import { useActionForm } from '#components/ui/action/use-action-form.ts';
import { FormFailure } from '#components/ui/form/form-failure.tsx';
import { SubmitButton } from '#components/ui/form/submit-button.tsx';
import { proveFactor } from '#lib/auth/factor/actions.ts';
import { proveFactorInput } from '#lib/auth/factor/input.ts';

/** The code of the app, or one of the recovery codes. */
export function ProveFactor({ next }: { next: string }) {
  const t = useTranslations('admin.factor');
  const form = useActionForm({
    schema: proveFactorInput,
    empty: { code: '' },
    action: proveFactor,
    // A whole new page: the frame of the console was made without it.
    onDone: () => window.location.assign(next),
  });
  return (
    <form {...form.formProps} className="grid gap-5">
      <CodeField
        {...form.register('code')}
        label={t('code')}
        hint={t('hint')}
        inputMode="text"
        error={form.errorOf('code')}
      />
      <FormFailure failure={form.failure} />
      <SubmitButton isReady={form.isReady} isBusy={form.isBusy}>
        {t('submit')}
      </SubmitButton>
    </form>
  );
}

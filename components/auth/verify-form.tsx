'use client';

import { useTranslations } from 'next-intl';
import { useCallback, useRef } from 'react';
import { useActionForm } from '#components/ui/action/use-action-form.ts';
import { FormFailure } from '#components/ui/form/form-failure.tsx';
import { SubmitButton } from '#components/ui/form/submit-button.tsx';
import { verifyInput } from '#lib/auth/input.ts';
import type { Action } from '#lib/core/action.ts';
import { useRouter } from '#lib/core/i18n/navigation.ts';
import { CodeField } from './code-field.tsx';
import { useWholeCode } from './use-whole-code.ts';

type Props = {
  action: Action<unknown>;
  /** The page that is next, or what is done instead where the form stands over another page. */
  next: string | (() => void);
};

/** The code that confirms a number. */
export function VerifyForm({ action, next }: Props) {
  const t = useTranslations('auth.verify');
  const router = useRouter();
  const form = useActionForm({
    schema: verifyInput,
    empty: { code: '' },
    action,
    onDone: () => (typeof next === 'string' ? router.push(next) : next()),
  });
  const { setValue, setFocus } = form;
  const element = useRef<HTMLFormElement>(null);
  const receive = useCallback(
    (code: string) => {
      setValue('code', code);
      element.current?.requestSubmit();
    },
    [setValue],
  );
  // The last digit sends it: one tap less, and nobody looks for the button behind the keyboard.
  const sendWhenWhole = useWholeCode(element, setFocus, () => element.current?.requestSubmit());
  return (
    <form {...form.formProps} ref={element} onInput={sendWhenWhole} className="grid gap-5">
      <CodeField {...form.register('code')} error={form.errorOf('code')} onReceived={receive} />
      <FormFailure failure={form.failure} />
      <SubmitButton isReady={form.isReady} isBusy={form.isBusy}>
        {t('submit')}
      </SubmitButton>
    </form>
  );
}

'use client';

import { useLocale, useTranslations } from 'next-intl';
import { useCallback, useState } from 'react';
import { CodeField } from '#components/auth/code-field.tsx';
import { PhoneField } from '#components/auth/phone-field.tsx';
import { ResendCode } from '#components/auth/resend-code.tsx';
import { useActionForm } from '#components/ui/action/use-action-form.ts';
import { Button } from '#components/ui/button.tsx';
import { FormFailure } from '#components/ui/form/form-failure.tsx';
import { PasswordField } from '#components/ui/form/password-field.tsx';
import { toast } from '#components/ui/overlay/toast-store.ts';
import { phoneChangeInput, phoneCodesInput } from '#lib/account/input.ts';
import type { Action } from '#lib/core/action.ts';
import { useRouter } from '#lib/core/i18n/navigation.ts';
import { showPhone } from '#lib/core/phone.ts';

type Props = { phone: string; request: Action<unknown>; resend: Action<unknown>; confirm: Action<unknown> };

/** Another number for the account: first which one, then the codes of both. */
export function PhoneForm({ phone, request, resend, confirm }: Props) {
  const t = useTranslations('account.phone');
  const locale = useLocale();
  const [step, setStep] = useState<'closed' | 'number' | 'codes'>('closed');
  const now = t.rich('now', { phone: () => <bdi dir="ltr">{showPhone(phone, locale)}</bdi> });
  if (step === 'codes') {
    return <CodesForm confirm={confirm} resend={resend} onDone={() => setStep('closed')} />;
  }
  return (
    <div className="grid gap-5">
      <p>{now}</p>
      {step === 'closed' ? (
        <Button variant="secondary" className="justify-self-start" onClick={() => setStep('number')}>
          {t('open')}
        </Button>
      ) : (
        <NumberForm request={request} onAsked={() => setStep('codes')} onCancel={() => setStep('closed')} />
      )}
    </div>
  );
}

type NumberProps = { request: Action<unknown>; onAsked: () => void; onCancel: () => void };

function NumberForm({ request, onAsked, onCancel }: NumberProps) {
  const t = useTranslations('account');
  const form = useActionForm({
    schema: phoneChangeInput,
    empty: { phone: '', password: '' },
    action: request,
    onDone: onAsked,
  });
  return (
    <form {...form.formProps} className="grid gap-5">
      <PhoneField {...form.register('phone')} autoComplete="tel" error={form.errorOf('phone')} />
      <PasswordField
        {...form.register('password')}
        autoComplete="current-password"
        label={t('password.current')}
        error={form.errorOf('password')}
      />
      <FormFailure failure={form.failure} />
      <div className="flex flex-wrap gap-3">
        <Button type="submit" busy={form.isBusy} disabled={!form.isReady}>
          {t('phone.ask')}
        </Button>
        <Button variant="quiet" onClick={onCancel}>
          {t('cancel')}
        </Button>
      </div>
    </form>
  );
}

type CodesProps = { confirm: Action<unknown>; resend: Action<unknown>; onDone: () => void };

function CodesForm({ confirm, resend, onDone }: CodesProps) {
  const t = useTranslations('account.phone');
  const router = useRouter();
  const form = useActionForm({
    schema: phoneCodesInput,
    empty: { oldCode: '', code: '' },
    action: confirm,
    onDone: () => {
      toast('success', t('changed'));
      onDone();
      router.refresh();
    },
  });
  const { setValue } = form;
  const receive = useCallback((code: string) => setValue('code', code), [setValue]);
  return (
    <div className="grid gap-5">
      <form {...form.formProps} className="grid gap-5">
        <p>{t('sent')}</p>
        <CodeField {...form.register('oldCode')} label={t('oldCode')} error={form.errorOf('oldCode')} />
        <CodeField
          {...form.register('code')}
          label={t('newCode')}
          error={form.errorOf('code')}
          onReceived={receive}
        />
        <FormFailure failure={form.failure} />
        <div className="flex flex-wrap gap-3">
          <Button type="submit" busy={form.isBusy} disabled={!form.isReady}>
            {t('submit')}
          </Button>
          <Button variant="quiet" onClick={onDone}>
            {t('stop')}
          </Button>
        </div>
      </form>
      <ResendCode action={resend} />
    </div>
  );
}

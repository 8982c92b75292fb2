'use client';

import { useTranslations } from 'next-intl';
import { useActionForm } from '#components/ui/action/use-action-form.ts';
import { useSafeRefresh } from '#components/ui/action/use-safe-refresh.ts';
import { Button } from '#components/ui/button.tsx';
import { FormFailure } from '#components/ui/form/form-failure.tsx';
import { TextField } from '#components/ui/form/text-field.tsx';
import { toast } from '#components/ui/overlay/toast-store.ts';
import type { Action } from '#lib/core/action.ts';
import { buyerInput } from '#lib/payments/input.ts';
import type { BuyerDetails } from '#lib/payments/invoice/store.ts';

const codes = ['nationalCode', 'economicCode', 'postalCode'] as const;

/** What invoices say of who buys; left empty they say nothing. */
export function BuyerForm({ buyer, action }: { buyer: BuyerDetails | null; action: Action<unknown> }) {
  const t = useTranslations();
  const refresh = useSafeRefresh();
  const form = useActionForm({
    schema: buyerInput,
    empty: {
      name: buyer?.name ?? '',
      nationalCode: buyer?.nationalCode ?? '',
      economicCode: buyer?.economicCode ?? '',
      postalCode: buyer?.postalCode ?? '',
    },
    action,
    staysOpen: true,
    onDone: () => {
      toast('success', t('billing.invoice.kept'));
      refresh();
    },
  });
  return (
    <form {...form.formProps} className="grid gap-4">
      <FormFailure failure={form.failure} />
      <TextField
        {...form.register('name')}
        autoComplete="organization"
        label={t('billing.invoice.name')}
        error={form.errorOf('name')}
      />
      <div className="grid gap-4 sm:grid-cols-3">
        {codes.map((name) => (
          <TextField
            key={name}
            {...form.register(name)}
            label={t(`billing.invoice.${name}`)}
            aside={name === 'nationalCode' ? undefined : t('ui.optional')}
            error={form.errorOf(name)}
            inputMode="numeric"
            dir="ltr"
            autoComplete={name === 'postalCode' ? 'postal-code' : 'off'}
          />
        ))}
      </div>
      <Button
        type="submit"
        variant="secondary"
        busy={form.isBusy}
        disabled={!form.isReady}
        className="justify-self-start"
      >
        {t('billing.invoice.submit')}
      </Button>
    </form>
  );
}

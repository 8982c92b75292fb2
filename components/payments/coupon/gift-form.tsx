'use client';

import { useTranslations } from 'next-intl';
import { useActionForm } from '#components/ui/action/use-action-form.ts';
import { useSafeRefresh } from '#components/ui/action/use-safe-refresh.ts';
import { Button } from '#components/ui/button.tsx';
import { FormFailure } from '#components/ui/form/form-failure.tsx';
import { TextField } from '#components/ui/form/text-field.tsx';
import { toast } from '#components/ui/overlay/toast-store.ts';
import type { Action } from '#lib/core/action.ts';
import type { AccountKind } from '#lib/core/actor.ts';
import { giftInput } from '#lib/payments/input.ts';

/** Takes a gift code in; what it gave stands in the meter above. */
export function GiftForm({ kind, action }: { kind: AccountKind; action: Action<{ given: number }> }) {
  const t = useTranslations('billing.gift');
  const refresh = useSafeRefresh();
  const form = useActionForm({
    schema: giftInput,
    empty: { code: '' },
    action,
    staysOpen: true,
    onAnswer: ({ given }: { given: number }) => toast('success', t(`done.${kind}`, { given })),
    onDone: () => {
      form.reset();
      refresh();
    },
  });
  return (
    <form {...form.formProps} className="grid gap-3">
      <FormFailure failure={form.failure} />
      <div className="flex items-start gap-3">
        <div className="min-w-0 grow">
          <TextField
            {...form.register('code')}
            label={t('label')}
            error={form.errorOf('code')}
            dir="ltr"
            autoComplete="off"
            autoCapitalize="characters"
            spellCheck={false}
          />
        </div>
        <Button
          type="submit"
          variant="secondary"
          busy={form.isBusy}
          disabled={!form.isReady}
          className="mt-7.5 h-12"
        >
          {t('submit')}
        </Button>
      </div>
    </form>
  );
}

'use client';

import { useTranslations } from 'next-intl';
import { useActionForm } from '#components/ui/action/use-action-form.ts';
import { Button } from '#components/ui/button.tsx';
import { Choice } from '#components/ui/form/choice.tsx';
import { FormFailure } from '#components/ui/form/form-failure.tsx';
import { TextField } from '#components/ui/form/text-field.tsx';
import type { Action } from '#lib/core/action.ts';
import type { AccountKind } from '#lib/core/actor.ts';
import { useRouter } from '#lib/core/i18n/navigation.ts';
import { userWebhookInput, vendorWebhookInput } from '#lib/webhooks/endpoint/input.ts';
import { webhookEvents } from '#lib/webhooks/kinds.ts';

type Props = {
  kind: AccountKind;
  action: Action<{ readonly secret: string }>;
  onMade: (secret: string) => void;
};

/** Where, and of what. */
export function WebhookForm({ kind, action, onMade }: Props) {
  const t = useTranslations('webhooks');
  const router = useRouter();
  const form = useActionForm({
    schema: (kind === 'user' ? userWebhookInput : vendorWebhookInput) as typeof userWebhookInput,
    empty: { url: '', events: [] },
    action,
    onAnswer: ({ secret }) => onMade(secret),
    onDone: () => router.refresh(),
    staysOpen: true,
  });
  const eventsError = form.errorOf('events');
  return (
    <form {...form.formProps} className="grid gap-5">
      <TextField
        {...form.register('url')}
        type="url"
        dir="ltr"
        label={t('address')}
        hint={t('addressHint')}
        error={form.errorOf('url')}
      />
      <fieldset className="grid gap-1" aria-describedby={eventsError ? 'webhook-events-error' : undefined}>
        <legend className="mb-1 font-semibold">{t('of')}</legend>
        {webhookEvents[kind].map((event) => (
          <Choice key={event} {...form.register('events')} value={event}>
            {t(`events.${event.replace('.', '_') as 'payment_completed'}`)}
          </Choice>
        ))}
        {eventsError ? (
          <p id="webhook-events-error" className="text-sm text-danger">
            {eventsError}
          </p>
        ) : null}
      </fieldset>
      <FormFailure failure={form.failure} />
      <Button type="submit" busy={form.isBusy} disabled={!form.isReady} className="justify-self-start">
        {t('create')}
      </Button>
    </form>
  );
}

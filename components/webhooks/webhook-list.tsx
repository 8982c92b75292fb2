'use client';

import { useLocale, useTranslations } from 'next-intl';
import { useState } from 'react';
import { NewToken } from '#components/account/new-token.tsx';
import { callAction } from '#components/ui/action/call-action.ts';
import { ConfirmDialog } from '#components/ui/action/confirm-dialog.tsx';
import { useOutcome } from '#components/ui/action/use-outcome.ts';
import { Badge } from '#components/ui/badge.tsx';
import { Button } from '#components/ui/button.tsx';
import { FormFailure } from '#components/ui/form/form-failure.tsx';
import type { Action } from '#lib/core/action.ts';
import type { AccountKind } from '#lib/core/actor.ts';
import { formatDay } from '#lib/core/dates.ts';
import type { EndpointView } from '#lib/webhooks/endpoint/list-endpoints.ts';
import { MessageLog } from './message-log.tsx';
import { WebhookForm } from './webhook-form.tsx';

export type WebhookActions = {
  readonly createWebhook: Action<{ readonly secret: string }>;
  readonly rotateWebhook: Action<{ readonly secret: string }>;
  readonly removeWebhook: Action<unknown>;
  readonly repeatMessage: Action<unknown>;
  readonly pingWebhook: Action<unknown>;
  readonly enableWebhook: Action<unknown>;
};

type Props = { kind: AccountKind; endpoints: readonly EndpointView[]; actions: WebhookActions };

/** The addresses that are told of what happens, what each was told last, and a form for another. */
export function WebhookList({ kind, endpoints, actions }: Props) {
  const t = useTranslations('webhooks');
  const [step, setStep] = useState<'list' | 'form' | { secret: string }>('list');
  const shown = { title: t('secret'), text: t('secretText') };
  return (
    <div className="grid gap-5">
      {endpoints.length === 0 ? <p className="text-sm text-muted">{t('none')}</p> : null}
      <ul className="grid">
        {endpoints.map((one) => (
          <Endpoint
            key={one.id}
            endpoint={one}
            actions={actions}
            onSecret={(secret) => setStep({ secret })}
          />
        ))}
      </ul>
      {step === 'form' ? (
        <WebhookForm kind={kind} action={actions.createWebhook} onMade={(secret) => setStep({ secret })} />
      ) : null}
      {typeof step === 'object' ? (
        <NewToken token={step.secret} words={shown} onDone={() => setStep('list')} />
      ) : null}
      {step === 'list' ? (
        <Button variant="secondary" className="justify-self-start" onClick={() => setStep('form')}>
          {t('new')}
        </Button>
      ) : null}
    </div>
  );
}

type EndpointProps = { endpoint: EndpointView; actions: WebhookActions; onSecret: (secret: string) => void };

function Endpoint({ endpoint, actions, onSecret }: EndpointProps) {
  const t = useTranslations('webhooks');
  const cancel = useTranslations('account')('cancel');
  const locale = useLocale();
  const { id, url, events, messages, disabledAt } = endpoint;
  const { isBusy, failure, run } = useOutcome();
  const rotate = async () => {
    const answer = await callAction(actions.rotateWebhook, { id });
    if (answer.ok) onSecret(answer.value.secret);
    return answer;
  };
  return (
    <li className="grid grid-cols-[minmax(0,1fr)] gap-3 border-t border-line py-4 first:border-0 first:pt-0">
      <bdi dir="ltr" className="font-mono text-sm break-all rtl:text-end">
        {url}
      </bdi>
      <p className="text-sm text-muted">
        {events.map((event) => t(`events.${event.replace('.', '_') as 'payment_completed'}`)).join(' · ')}
      </p>
      {disabledAt ? (
        <p className="flex flex-wrap items-center gap-x-3 gap-y-1 text-sm">
          <Badge tone="danger">{t('off')}</Badge>
          <span>{t('offText', { day: formatDay(locale, disabledAt) })}</span>
        </p>
      ) : null}
      <div className="flex flex-wrap gap-2">
        <Button
          variant="secondary"
          size="sm"
          busy={isBusy}
          onClick={() =>
            run(
              () => callAction(disabledAt ? actions.enableWebhook : actions.pingWebhook, { id }),
              t(disabledAt ? 'enabled' : 'pinged'),
              () => undefined,
            )
          }
        >
          {t(disabledAt ? 'enable' : 'ping')}
        </Button>
        <ConfirmDialog
          trigger={
            <Button variant="secondary" size="sm">
              {t('rotate')}
            </Button>
          }
          title={t('rotateTitle')}
          text={t('rotateText')}
          cancel={cancel}
          confirm={t('rotate')}
          done={t('rotated')}
          work={rotate}
        />
        <ConfirmDialog
          trigger={
            <Button variant="secondary" size="sm">
              {t('remove')}
            </Button>
          }
          title={t('removeTitle')}
          text={t('removeText', { url })}
          cancel={cancel}
          confirm={t('remove')}
          done={t('removed')}
          work={() => callAction(actions.removeWebhook, { id })}
        />
      </div>
      <FormFailure failure={failure} />
      <MessageLog messages={messages} repeat={actions.repeatMessage} />
    </li>
  );
}

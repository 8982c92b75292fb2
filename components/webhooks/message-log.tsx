'use client';

import { useLocale, useTranslations } from 'next-intl';
import { callAction } from '#components/ui/action/call-action.ts';
import { useOutcome } from '#components/ui/action/use-outcome.ts';
import { Badge } from '#components/ui/badge.tsx';
import { Button } from '#components/ui/button.tsx';
import { FormFailure } from '#components/ui/form/form-failure.tsx';
import type { Action } from '#lib/core/action.ts';
import { formatDay, formatTime } from '#lib/core/dates.ts';
import type { EndpointView } from '#lib/webhooks/endpoint/list-endpoints.ts';

type Message = EndpointView['messages'][number];

/** The newest messages of an address: what became of each, and a way to send it again. */
export function MessageLog({ messages, repeat }: { messages: readonly Message[]; repeat: Action<unknown> }) {
  const t = useTranslations('webhooks');
  if (messages.length === 0) return <p className="text-sm text-muted">{t('quiet')}</p>;
  return (
    <details>
      <summary className="cursor-pointer text-sm font-semibold">
        {t('log', { count: messages.length })}
      </summary>
      <ul className="mt-2 grid">
        {messages.map((message) => (
          <Line key={message.id} message={message} repeat={repeat} />
        ))}
      </ul>
    </details>
  );
}

function Line({ message, repeat }: { message: Message; repeat: Action<unknown> }) {
  const t = useTranslations('webhooks');
  const locale = useLocale();
  const { isBusy, failure, run } = useOutcome();
  const { id, event, createdAt, deliveredAt, nextAt, attempts, lastStatus, lastError } = message;
  const state = deliveredAt ? 'delivered' : nextAt ? 'waits' : 'failed';
  const tone = ({ delivered: 'success', waits: 'neutral', failed: 'danger' } as const)[state];
  const why = lastStatus
    ? t('status', { status: String(lastStatus) })
    : lastError
      ? t(`why.${lastError as 'timeout'}`)
      : null;
  return (
    <li className="grid gap-1 border-t border-line py-2 text-sm first:border-0">
      <p className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <Badge tone={tone}>{t(`state.${state}`)}</Badge>
        <span>{t(`events.${event.replace('.', '_') as 'payment_completed'}`)}</span>
        <span className="text-muted">
          {t('moment', { day: formatDay(locale, createdAt), time: formatTime(locale, createdAt) })}
        </span>
        <span className="text-muted">{t('attempts', { count: attempts })}</span>
        {why ? <span className="text-muted">{why}</span> : null}
        {nextAt ? null : (
          <Button
            variant="quiet"
            size="sm"
            busy={isBusy}
            onClick={() =>
              run(
                () => callAction(repeat, { id }),
                t('repeated'),
                () => undefined,
              )
            }
          >
            {t('repeat')}
          </Button>
        )}
      </p>
      <FormFailure failure={failure} />
    </li>
  );
}

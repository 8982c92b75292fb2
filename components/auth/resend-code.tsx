'use client';

import { useTranslations } from 'next-intl';
import { useEffect, useState, useTransition } from 'react';
import { callAction } from '#components/ui/action/call-action.ts';
import { Alert } from '#components/ui/alert.tsx';
import { Button } from '#components/ui/button.tsx';
import { FormFailure } from '#components/ui/form/form-failure.tsx';
import { resendAfterSeconds } from '#lib/auth/policy.ts';
import type { Action } from '#lib/core/action.ts';
import type { PublicFailure } from '#lib/core/result.ts';

type Props = { inSeconds: number; action: Action<unknown> };

/** Asks for another code, once the one before had its minute. */
export function ResendCode({ inSeconds, action }: Props) {
  const t = useTranslations('auth.resend');
  const [seconds, setSeconds] = useState(inSeconds);
  const [outcome, setOutcome] = useState<'sent' | PublicFailure | null>(null);
  const [isSending, startSending] = useTransition();

  useEffect(() => {
    if (seconds <= 0) return;
    const timer = setTimeout(() => setSeconds(seconds - 1), 1000);
    return () => clearTimeout(timer);
  }, [seconds]);

  const send = () =>
    startSending(async () => {
      const result = await callAction(action, {});
      setOutcome(result.ok ? 'sent' : result);
      setSeconds(result.ok ? resendAfterSeconds : Math.min(result.retryAfterSeconds ?? 0, 3600));
    });

  return (
    <div className="grid gap-3">
      <DelayedMessages />
      <Button variant="quiet" wide busy={isSending} disabled={seconds > 0} onClick={send}>
        {seconds > 0 ? t('wait', { seconds }) : t('button')}
      </Button>
      {outcome === 'sent' ? (
        <Alert tone="success" live>
          {t('sent')}
        </Alert>
      ) : (
        <FormFailure failure={outcome} />
      )}
    </div>
  );
}

/** When to ask whether messages get through: nobody should wait longer for a code that does not come. */
const askAfterMs = [2600, 6000, 14_000];

/** Says so while messages come late; that is the same for every number. */
function DelayedMessages() {
  const t = useTranslations('auth.resend');
  const [isDelayed, setDelayed] = useState(false);
  useEffect(() => {
    const leaving = new AbortController();
    const ask = async () => {
      try {
        const answer = await fetch('/api/messages', { signal: leaving.signal });
        if (!answer.ok) return;
        const { delayed } = (await answer.json()) as { delayed: boolean };
        if (!leaving.signal.aborted) setDelayed(delayed);
      } catch {
        // Left, or cut off: asked again in a moment.
      }
    };
    const timers = askAfterMs.map((ms) => setTimeout(() => void ask(), ms));
    return () => {
      leaving.abort();
      timers.forEach(clearTimeout);
    };
  }, []);
  return isDelayed ? (
    <Alert tone="warning" live>
      {t('delayed')}
    </Alert>
  ) : null;
}

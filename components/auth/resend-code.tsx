'use client';

import { useTranslations } from 'next-intl';
import { useEffect, useRef, useState, useTransition } from 'react';
import { callAction, isUnanswered, mayBeDone } from '#components/ui/action/call-action.ts';
import { Alert } from '#components/ui/alert.tsx';
import { Button } from '#components/ui/button.tsx';
import { FormFailure } from '#components/ui/form/form-failure.tsx';
import { extendCodes } from '#lib/auth/actions.ts';
import { codeLifeSeconds, resendAfterSeconds } from '#lib/auth/policy.ts';
import type { Action } from '#lib/core/action.ts';
import type { PublicFailure } from '#lib/core/result.ts';

type Props = {
  /** How long the code still works and when another may be asked for; without it one was sent just now. */
  waiting?: { resendInSeconds: number; endsInSeconds: number };
  action: Action<unknown>;
};

const sentNow = { resendInSeconds: resendAfterSeconds, endsInSeconds: codeLifeSeconds };

/** How long the code works, more time for it, and another one, once the one before had its minute. */
export function ResendCode({ waiting = sentNow, action }: Props) {
  const t = useTranslations('auth.resend');
  const [seconds, setSeconds] = useState(waiting.resendInSeconds);
  const [outcome, setOutcome] = useState<'sent' | PublicFailure | null>(null);
  /** A new object for each code that was sent. */
  const [life, setLife] = useState({ endsInSeconds: waiting.endsInSeconds });
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
      if (result.ok) setLife({ endsInSeconds: codeLifeSeconds });
    });

  return (
    <div className="grid gap-3">
      <DelayedMessages />
      <CodeLife life={life} onLonger={(endsInSeconds) => setLife({ endsInSeconds })} />
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

/** So long before a code lapses it is said: WCAG 2.2 (2.2.1) asks for 20 seconds to say that one needs longer. */
const warnBeforeSeconds = 40;

type LifeProps = { life: { endsInSeconds: number }; onLonger: (endsInSeconds: number) => void };

/** Says once before the code lapses that it will, with the way to more time, and once that it has; no second is counted. */
function CodeLife({ life, onLonger }: LifeProps) {
  const t = useTranslations('auth.life');
  const [state, setState] = useState<'works' | 'ending' | 'over'>('works');
  const [isAsking, startAsking] = useTransition();
  const [isLonger, setLonger] = useState(false);
  const [failure, setFailure] = useState<PublicFailure | null>(null);
  const button = useRef<HTMLDivElement>(null);
  useEffect(() => {
    setState('works');
    const { endsInSeconds } = life;
    const timers = [
      setTimeout(() => setState('ending'), Math.max(0, endsInSeconds - warnBeforeSeconds) * 1000),
      setTimeout(() => setState('over'), endsInSeconds * 1000),
    ];
    return () => timers.forEach(clearTimeout);
  }, [life]);
  const lengthen = () =>
    startAsking(async () => {
      const result = await callAction(extendCodes, {});
      // No answer says nothing about the code.
      const isOpen = !result.ok && (isUnanswered(result) || mayBeDone(result));
      setFailure(isOpen ? result : null);
      if (!result.ok) return isOpen ? undefined : setState('over');
      setLonger(true);
      onLonger(result.value.endsInSeconds);
      // The button goes; the focus goes on to where the code is typed.
      button.current?.closest('main, [role=dialog]')?.querySelector<HTMLElement>('[name=code]')?.focus();
    });
  return (
    <div ref={button} className="grid gap-3">
      <p className="text-center text-sm text-muted">{t('told', { minutes: codeLifeSeconds / 60 })}</p>
      <div role="status" className="grid gap-3 empty:sr-only">
        {state === 'ending' ? <Alert tone="warning">{t('ending')}</Alert> : null}
        {state === 'over' ? <Alert tone="warning">{t('over')}</Alert> : null}
        {state === 'works' && isLonger ? <Alert tone="success">{t('longer')}</Alert> : null}
      </div>
      {state === 'ending' ? (
        <>
          <Button variant="secondary" wide busy={isAsking} onClick={lengthen}>
            {t('button')}
          </Button>
          <FormFailure failure={failure} />
        </>
      ) : null}
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

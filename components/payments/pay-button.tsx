'use client';

import { useTranslations } from 'next-intl';
import { useEffect, useRef, useState } from 'react';
import { callAction, isUnanswered } from '#components/ui/action/call-action.ts';
import { useSafeRefresh } from '#components/ui/action/use-safe-refresh.ts';
import { Alert } from '#components/ui/alert.tsx';
import { SubmitButton } from '#components/ui/form/submit-button.tsx';
import type { Action } from '#lib/core/action.ts';
import type { Locale } from '#lib/core/i18n/routing.ts';

type Props = {
  action: Action<{ payUrl: string }>;
  plan: string;
  locale: Locale;
  /** What the page says one would pay, in Rials, as text. */
  payableRials: string;
  /** The code that is taken off in it. */
  code: string | null;
  label: string;
};

/**
 * Goes to the gateway. It stays busy until the browser has left, so that a second click does nothing; who comes
 * back with the browser's own button finds it ready again.
 */
export function PayButton({ action, plan, locale, payableRials, code, label }: Props) {
  const t = useTranslations('billing.review');
  const errors = useTranslations('errors');
  const refresh = useSafeRefresh();
  const [isBusy, setIsBusy] = useState(false);
  const [isReady, setIsReady] = useState(false);
  const [failure, setFailure] = useState<{ tone: 'warning' | 'danger'; text: string } | null>(null);
  // A second click can come before React has drawn the first one.
  const isGoing = useRef(false);

  useEffect(() => {
    setIsReady(true);
    const onShow = ({ persisted }: PageTransitionEvent) => {
      if (!persisted) return;
      isGoing.current = false;
      setIsBusy(false);
      refresh();
    };
    window.addEventListener('pageshow', onShow);
    return () => window.removeEventListener('pageshow', onShow);
  }, [refresh]);

  const stay = (tone: 'warning' | 'danger', text: string) => {
    isGoing.current = false;
    setIsBusy(false);
    setFailure({ tone, text });
  };

  const pay = async () => {
    if (isGoing.current) return;
    isGoing.current = true;
    setIsBusy(true);
    setFailure(null);
    const answer = await callAction(action, { plan, locale, payableRials, code });
    if (answer.ok) return window.location.assign(answer.value.payUrl);
    if (isUnanswered(answer)) return stay('danger', t('offline'));
    stay(answer.code === 'payment.quoteChanged' ? 'warning' : 'danger', errors(answer.code));
    // Another amount, or nobody signed in any more: the page itself knows what is true now.
    if (answer.code !== 'payment.gatewayDown' && answer.code !== 'rate.limited') refresh();
  };

  return (
    <form
      className="grid gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        void pay();
      }}
    >
      {failure ? (
        <Alert tone={failure.tone} live>
          {failure.text}
        </Alert>
      ) : null}
      <SubmitButton isReady={isReady} isBusy={isBusy}>
        {label}
      </SubmitButton>
    </form>
  );
}

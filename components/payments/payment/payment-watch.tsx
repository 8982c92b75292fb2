'use client';

import { useTranslations } from 'next-intl';
import { useEffect, useRef, useState, useTransition } from 'react';
import { callAction, isUnanswered } from '#components/ui/action/call-action.ts';
import { Alert } from '#components/ui/alert.tsx';
import { Button } from '#components/ui/button.tsx';
import type { Action } from '#lib/core/action.ts';
import type { AccountKind } from '#lib/core/actor.ts';
import { useRouter } from '#lib/core/i18n/navigation.ts';
import { isFinal, type PaymentState } from '#lib/payments/payment-state.ts';
import { usePaymentWatch } from './use-payment-watch.ts';

type Props = {
  id: string;
  kind: AccountKind;
  state: PaymentState;
  /** Null where there is nothing to ask. */
  check: Action<{ state: PaymentState }> | null;
};

/** Keeps the page of a payment true, and asks the gateway on demand. */
export function PaymentWatch({ id, kind, state, check }: Props) {
  const t = useTranslations('billing.payment');
  const errors = useTranslations('errors');
  const refresh = useOneRefresh();
  const isReached = usePaymentWatch({ id, kind, state }, refresh);
  const [asking, startAsking] = useTransition();
  const [answer, setAnswer] = useState<{ tone: 'information' | 'danger'; text: string } | null>(null);

  // biome-ignore lint/correctness/useExhaustiveDependencies: what was said of one state is not true of the next
  useEffect(() => setAnswer(null), [state]);

  const ask = (action: NonNullable<Props['check']>) =>
    startAsking(async () => {
      setAnswer(null);
      const checked = await callAction(action, { id });
      if (!checked.ok && isUnanswered(checked)) return setAnswer({ tone: 'danger', text: t('offline') });
      if (!checked.ok) return setAnswer({ tone: 'danger', text: errors(checked.code) });
      if (checked.value.state !== state) return refresh();
      setAnswer({ tone: 'information', text: t(isFinal(state) ? 'sameAnswer' : 'stillUnknown') });
    });

  return (
    <div className="grid gap-3">
      {check ? (
        <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
          <Button variant="secondary" busy={asking} onClick={() => ask(check)}>
            {t('ask')}
          </Button>
          {isFinal(state) ? null : <span className="text-sm text-muted">{t('watching')}</span>}
        </div>
      ) : null}
      <div aria-live="polite" className="grid gap-3 empty:sr-only">
        {answer ? <Alert tone={answer.tone}>{answer.text}</Alert> : null}
        {isReached ? null : <Alert tone="warning">{t('offline')}</Alert>}
      </div>
    </div>
  );
}

/** Draws the page again, one time after another: on a slow line each would otherwise throw the one before away. */
function useOneRefresh(): () => void {
  const router = useRouter();
  const [refreshing, startRefreshing] = useTransition();
  const isBusy = useRef(false);
  useEffect(() => {
    isBusy.current = refreshing;
  }, [refreshing]);
  return () => {
    if (!isBusy.current) startRefreshing(() => router.refresh());
  };
}

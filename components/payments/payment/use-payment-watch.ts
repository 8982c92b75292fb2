'use client';

import { useEffect, useState } from 'react';
import type { AccountKind } from '#lib/core/actor.ts';
import { isFinal, type PaymentState } from '#lib/payments/payment-state.ts';
import type { PaymentProgress } from '#lib/payments/view.ts';

const soonMs = 2500;
const laterMs = 10_000;
/** After two and a half minutes nobody stares at the page any more. */
const asksSoon = 60;

/**
 * Asks our rows how a payment stands until it is final, and calls `onChange` when that is not what the page
 * shows. Answers whether the site can be reached. Rests while the page is not looked at.
 */
export function usePaymentWatch(
  { id, kind, state }: { id: string; kind: AccountKind; state: PaymentState },
  onChange: () => void,
): boolean {
  const [isReached, setIsReached] = useState(true);

  // biome-ignore lint/correctness/useExhaustiveDependencies: one watch for each state; onChange only refreshes
  useEffect(() => {
    if (isFinal(state)) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let isOver = false;
    let asked = 0;

    const ask = async () => {
      clearTimeout(timer);
      if (!document.hidden) {
        asked += 1;
        const address = `/api/payments/${id}${kind === 'vendor' ? '?as=vendor' : ''}`;
        const answer = await fetch(address, { cache: 'no-store' }).catch(() => null);
        if (isOver) return;
        setIsReached(answer !== null && answer.status < 500);
        // Signed out or gone meanwhile: the page itself knows what to say.
        if (answer?.status === 401 || answer?.status === 404) return onChange();
        const progress = answer?.ok ? ((await answer.json()) as PaymentProgress) : null;
        if (isOver) return;
        if (progress && progress.state !== state) onChange();
      }
      timer = setTimeout(ask, asked < asksSoon ? soonMs : laterMs);
    };
    const onLook = () => {
      if (!document.hidden) void ask();
    };

    timer = setTimeout(ask, soonMs);
    document.addEventListener('visibilitychange', onLook);
    return () => {
      isOver = true;
      clearTimeout(timer);
      document.removeEventListener('visibilitychange', onLook);
    };
  }, [id, kind, state]);

  return isReached;
}

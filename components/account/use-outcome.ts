'use client';

import { useState, useTransition } from 'react';
import { toast } from '#components/ui/overlay/toast-store.ts';
import { useRouter } from '#lib/core/i18n/navigation.ts';
import type { PublicFailure, PublicResult } from '#lib/core/result.ts';

/** Runs an action of a button: says so when it is done and shows the page anew, or keeps what went wrong. */
export function useOutcome() {
  const router = useRouter();
  const [isBusy, start] = useTransition();
  const [failure, setFailure] = useState<PublicFailure | null>(null);
  const run = <T>(
    work: () => Promise<PublicResult<T>>,
    done: string | ((value: T) => string),
    after?: () => void,
  ) =>
    start(async () => {
      setFailure(null);
      const result = await work();
      if (!result.ok) return setFailure(result);
      toast('success', typeof done === 'string' ? done : done(result.value));
      after?.();
      router.refresh();
    });
  return { isBusy, failure, run };
}

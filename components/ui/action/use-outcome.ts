'use client';

import { useTranslations } from 'next-intl';
import { useState, useTransition } from 'react';
import { toast } from '#components/ui/overlay/toast-store.ts';
import { useRouter } from '#lib/core/i18n/navigation.ts';
import type { PublicFailure, PublicResult } from '#lib/core/result.ts';

/** Runs an action of a button or a form: says so when it is done and shows the page anew, or keeps what went wrong. */
export function useOutcome() {
  const router = useRouter();
  const words = useTranslations();
  const [isBusy, start] = useTransition();
  const [failure, setFailure] = useState<PublicFailure | null>(null);
  const run = <T>(
    work: () => Promise<PublicResult<T>>,
    done: string | ((value: T) => string | Promise<string>),
    after?: () => void,
  ) => {
    if (isBusy) return;
    start(async () => {
      setFailure(null);
      const result = await work();
      if (!result.ok) return setFailure(result);
      toast('success', typeof done === 'string' ? done : await done(result.value));
      after?.();
      router.refresh();
    });
  };
  /** The sentence beside a field, if something is wrong with it. */
  const errorOf = (field: string) => {
    const key = failure?.fields?.[field];
    return key ? words(key as Parameters<typeof words>[0], failure?.values) : undefined;
  };
  return { isBusy, failure, errorOf, run };
}

'use client';

import { useEffect } from 'react';
import { callAction } from '#components/ui/action/call-action.ts';
import type { Action } from '#lib/core/action.ts';
import { useRouter } from '#lib/core/i18n/navigation.ts';

type Props = {
  /** The conversion, or the payment, that is on the screen. */
  about: string;
  action: Action<{ read: number }>;
};

/** Says that what is on the screen was seen, so that its notice is no news any more. */
export function ReadNotice({ about, action }: Props) {
  const router = useRouter();
  useEffect(() => {
    void callAction(action, { id: about }, { isUnasked: true }).then((answer) => {
      // The bell counts what is left.
      if (answer.ok && answer.value.read > 0) router.refresh();
    });
  }, [about, action, router]);
  return null;
}

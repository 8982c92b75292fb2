'use client';

import { useTranslations } from 'next-intl';
import { useTransition } from 'react';
import { callAction } from '#components/ui/action/call-action.ts';
import { Button } from '#components/ui/button.tsx';
import { toast } from '#components/ui/overlay/toast-store.ts';
import type { Action } from '#lib/core/action.ts';
import { useRouter } from '#lib/core/i18n/navigation.ts';

type Props = { action: Action<unknown>; label: string };

/** Takes everything for read. */
export function ReadAllButton({ action, label }: Props) {
  const router = useRouter();
  const errors = useTranslations('errors');
  const [isBusy, start] = useTransition();
  return (
    <Button
      variant="secondary"
      busy={isBusy}
      onClick={() =>
        start(async () => {
          const read = await callAction(action, {});
          if (read.ok) router.refresh();
          else toast('danger', errors(read.code));
        })
      }
    >
      {label}
    </Button>
  );
}

'use client';

import { useTransition } from 'react';
import { Button } from '#components/ui/button.tsx';
import { useRouter } from '#lib/core/i18n/navigation.ts';
import type { PublicResult } from '#lib/core/result.ts';

type Props = { action: (input: unknown) => Promise<PublicResult<unknown>>; label: string };

/** Takes everything for read. */
export function ReadAllButton({ action, label }: Props) {
  const router = useRouter();
  const [isBusy, start] = useTransition();
  return (
    <Button
      variant="secondary"
      busy={isBusy}
      onClick={() =>
        start(async () => {
          await action({});
          router.refresh();
        })
      }
    >
      {label}
    </Button>
  );
}

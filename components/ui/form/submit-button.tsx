'use client';

import type { ReactNode } from 'react';
import { Button } from '#components/ui/button.tsx';

/** Sends a form; waits, without looking different, until the page can send it properly. */
export function SubmitButton({
  isReady,
  isBusy,
  children,
}: {
  isReady: boolean;
  isBusy: boolean;
  children: ReactNode;
}) {
  return (
    <Button
      type="submit"
      size="lg"
      wide
      busy={isBusy}
      disabled={!isReady}
      style={isReady ? undefined : { opacity: 1 }}
    >
      {children}
    </Button>
  );
}

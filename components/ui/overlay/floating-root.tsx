'use client';

import { Dialog as Radix } from 'radix-ui';
import { type ReactNode, useState } from 'react';
import { useBackCloses } from './use-back-closes.ts';

type Props = {
  children: ReactNode;
  open?: boolean;
  onOpenChange?: (isOpen: boolean) => void;
};

/** Holds something that floats over the page and what opens it; "back" closes it first. */
export function FloatingRoot({ children, open, onOpenChange }: Props) {
  const [isOpen, setOpen] = useState(false);
  const shown = open ?? isOpen;
  const change = (next: boolean) => {
    setOpen(next);
    onOpenChange?.(next);
  };
  useBackCloses(shown, () => change(false));
  return (
    <Radix.Root open={shown} onOpenChange={change}>
      {children}
    </Radix.Root>
  );
}

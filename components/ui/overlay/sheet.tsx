'use client';

import { Dialog as Radix } from 'radix-ui';
import type { ReactNode } from 'react';
import { FloatingPanel } from './dialog.tsx';
import { FloatingRoot } from './floating-root.tsx';

/** Holds a sheet and what opens it. */
export const Sheet = FloatingRoot;
/** What opens it. */
export const SheetTrigger = Radix.Trigger;

/** Rises from the foot of the screen: choices on a phone, within reach of the thumb. */
export function SheetContent({
  title,
  description,
  children,
}: {
  title: ReactNode;
  description?: ReactNode;
  children: ReactNode;
}) {
  return (
    <FloatingPanel
      title={title}
      description={description}
      className="fixed inset-x-0 bottom-0 mx-auto w-full max-w-text rounded-t-card p-6 pb-[max(1.5rem,env(safe-area-inset-bottom))]"
      motion="animate-sheet"
    >
      {children}
    </FloatingPanel>
  );
}

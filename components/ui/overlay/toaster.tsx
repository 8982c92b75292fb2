'use client';

import { clsx } from 'clsx';
import { X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { type CSSProperties, useEffect, useLayoutEffect, useState, useSyncExternalStore } from 'react';
import { Alert } from '../alert.tsx';
import { currentToasts, dismissToast, subscribeToToasts, type Toast } from './toast-store.ts';

const lifeMs = 6000;
const none: readonly Toast[] = [];
/** Between a page's bar and what lies above it, in pixels. */
const gap = 8;

/** How much of the foot of the screen a page's own bar takes: the one button of the page is in it. */
function barHeight(): number {
  const bar = document.querySelector('[data-bar]')?.getBoundingClientRect();
  if (!bar || bar.height === 0 || bar.top > window.innerHeight) return 0;
  return Math.min(window.innerHeight - bar.top + gap, window.innerHeight / 2);
}

/** Over what floats, at its head: at its foot it has its buttons. */
const overFloating =
  'z-60 in-[:has(>[role=dialog][data-state=open])]:top-4 in-[:has(>[role=dialog][data-state=open])]:bottom-auto';

/** Where toasts appear; one in the layout. The region is there from the start, so that what enters is announced. */
export function Toaster() {
  const t = useTranslations('ui');
  const toasts = useSyncExternalStore(subscribeToToasts, currentToasts, () => none);
  const [bar, setBar] = useState(0);
  useLayoutEffect(() => {
    if (toasts.length > 0) setBar(barHeight());
  }, [toasts]);
  return (
    <section
      style={{ '--bar': `${bar}px` } as CSSProperties}
      aria-label={t('notifications')}
      aria-live="polite"
      className={clsx(
        'pointer-events-none fixed inset-x-0 bottom-[max(5rem,var(--bar))] mx-auto grid max-w-form content-start gap-2 px-6 md:bottom-[max(2rem,var(--bar))]',
        overFloating,
      )}
    >
      {toasts.map((one) => (
        <ToastLine key={one.id} toast={one} dismissLabel={t('dismiss')} />
      ))}
    </section>
  );
}

/** Leaves by itself, but waits while it is pointed at or focused; a pointer that only rests where it appears points at nothing. */
function ToastLine({ toast, dismissLabel }: { toast: Toast; dismissLabel: string }) {
  const [held, setHeld] = useState(false);
  useEffect(() => {
    if (held) return;
    const timer = setTimeout(() => dismissToast(toast.id), lifeMs);
    return () => clearTimeout(timer);
  }, [held, toast.id]);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: only holds the timer; nothing can be done here by mouse alone
    <div
      className="pointer-events-auto animate-rise rounded-control shadow-float"
      onPointerMove={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
    >
      <Alert
        tone={toast.tone}
        action={
          <button
            type="button"
            aria-label={dismissLabel}
            onClick={() => dismissToast(toast.id)}
            className="-m-2 grid size-9 shrink-0 place-content-center rounded-control"
          >
            <X aria-hidden="true" className="size-4" />
          </button>
        }
      >
        {toast.text}
      </Alert>
    </div>
  );
}

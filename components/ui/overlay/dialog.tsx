'use client';

import { clsx } from 'clsx';
import { X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Dialog as Radix } from 'radix-ui';
import { type ReactNode, useRef } from 'react';
import { buttonLook } from '../button.tsx';
import { allowInjectedStyles } from '../style-nonce.ts';
import { FloatingRoot } from './floating-root.tsx';
import { type FocusPlace, focusNear, focusPlaceOf } from './focus-place.ts';

allowInjectedStyles();

/** Holds a dialog and what opens it. */
export const Dialog = FloatingRoot;
/** What opens it: `<DialogTrigger asChild><Button>..</Button></DialogTrigger>`. */
export const DialogTrigger = Radix.Trigger;
/** Anything inside that closes it. */
export const DialogClose = Radix.Close;

type Props = { title: ReactNode; description?: ReactNode; children?: ReactNode; actions?: ReactNode };

/** One question or one small form over the page. Actions stand at the end, the safe one first. */
export function DialogContent({ title, description, children, actions }: Props) {
  return (
    <FloatingPanel
      title={title}
      description={description}
      className="fixed top-1/2 left-1/2 w-[calc(100vw-3rem)] max-w-form -translate-1/2 rounded-card p-6 md:p-8"
      motion="animate-overlay"
    >
      {children}
      {actions ? <div className="mt-2 flex flex-wrap justify-end gap-3">{actions}</div> : null}
    </FloatingPanel>
  );
}

type PanelProps = {
  title: ReactNode;
  description?: ReactNode;
  children?: ReactNode;
  className: string;
  motion: string;
};

/** The part dialogs and sheets share: scrim, focus trap, title, a way out. */
export function FloatingPanel({ title, description, children, className, motion }: PanelProps) {
  const t = useTranslations('ui');
  // What opens it may be a trigger, an item of a menu that closes with it, or a row that it deletes.
  const opener = useRef<FocusPlace | null>(null);
  return (
    <Radix.Portal>
      <Radix.Overlay className="fixed inset-0 z-40 animate-scrim bg-scrim" />
      <Radix.Content
        onOpenAutoFocus={() => {
          const { activeElement } = document;
          opener.current =
            activeElement instanceof HTMLElement && activeElement !== document.body
              ? focusPlaceOf(activeElement)
              : null;
        }}
        onCloseAutoFocus={(event) => {
          if (!opener.current) return;
          event.preventDefault();
          focusNear(opener.current, true);
        }}
        {...(description ? {} : { 'aria-describedby': undefined })}
        className={clsx(
          'z-50 grid max-h-[88dvh] gap-4 overflow-y-auto border border-transparent bg-raised shadow-float',
          motion,
          className,
        )}
      >
        <div className="flex items-start justify-between gap-4">
          <Radix.Title className="text-lg font-semibold">{title}</Radix.Title>
          <Radix.Close
            aria-label={t('close')}
            className={clsx(buttonLook({ variant: 'quiet', size: 'icon' }), '-me-2.5 -mt-1.5')}
          >
            <X aria-hidden="true" />
          </Radix.Close>
        </div>
        {description ? (
          <Radix.Description className="text-sm text-muted">{description}</Radix.Description>
        ) : null}
        {children}
      </Radix.Content>
    </Radix.Portal>
  );
}

'use client';

import { clsx } from 'clsx';
import { CircleUser, LogOut, Store } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { type ReactNode, useEffect, useId, useRef, useState } from 'react';
import { useSignOut } from '#components/auth/use-sign-out.ts';
import { Alert } from '#components/ui/alert.tsx';
import { Button } from '#components/ui/button.tsx';
import { OwnWords } from '#components/ui/own-words.tsx';
import type { AccountKind } from '#lib/core/actor.ts';
import { Link } from '#lib/core/i18n/navigation.ts';
import { ThemeSwitch } from '../theme-switch.tsx';

type Props = {
  kind: AccountKind;
  who: string;
  words: { open: string; signOut: string; dark: string; light: string };
  /** Places of one's own, in the order they are read. */
  links: readonly { href: string; text: string; icon: ReactNode }[];
};

const line =
  'flex min-h-11 w-full items-center gap-3 rounded-sm px-3 text-start text-sm hover:bg-sunken [&_svg]:size-4.5 [&_svg]:text-muted';

/**
 * Who is signed in, their places, and the way out: a button that shows a short list of links. It stands on
 * every page, so it does without the menu library (`components/ui/overlay/menu.tsx`), which weighs 34 kB.
 */
export function AccountMenu({ kind, who, words, links }: Props) {
  const t = useTranslations('ui');
  const [isOpen, setIsOpen] = useState(false);
  const { isLeaving, isWaiting, leave } = useSignOut(kind);
  const box = useRef<HTMLDivElement>(null);
  const opener = useRef<HTMLButtonElement>(null);
  const id = useId();

  useEffect(() => {
    if (!isOpen) return;
    const closeOutside = (event: Event) => {
      if (!box.current?.contains(event.target as Node)) setIsOpen(false);
    };
    const closeByKey = (event: KeyboardEvent) => {
      if (event.key !== 'Escape') return;
      setIsOpen(false);
      opener.current?.focus();
    };
    document.addEventListener('pointerdown', closeOutside);
    document.addEventListener('focusin', closeOutside);
    document.addEventListener('keydown', closeByKey);
    return () => {
      document.removeEventListener('pointerdown', closeOutside);
      document.removeEventListener('focusin', closeOutside);
      document.removeEventListener('keydown', closeByKey);
    };
  }, [isOpen]);

  const close = () => setIsOpen(false);

  return (
    <div ref={box} className="relative">
      <Button
        ref={opener}
        variant="quiet"
        size="icon"
        aria-label={words.open}
        aria-expanded={isOpen}
        aria-controls={id}
        onClick={() => setIsOpen(!isOpen)}
      >
        {kind === 'user' ? <CircleUser aria-hidden="true" /> : <Store aria-hidden="true" />}
      </Button>
      <div
        id={id}
        hidden={!isOpen}
        className="absolute end-0 top-full z-40 mt-2 min-w-56 animate-rise rounded-control border border-transparent bg-raised p-1.5 shadow-float"
      >
        <p className="mb-1.5 truncate border-b border-line px-3 pt-1.5 pb-2.5 text-sm text-muted">
          <OwnWords>{who}</OwnWords>
        </p>
        {links.map(({ href, text, icon }) => (
          <Link key={href} href={href} onClick={close} className={line}>
            {icon}
            {text}
          </Link>
        ))}
        <ThemeSwitch words={words} isLine className={clsx(line, 'min-[22.45rem]:hidden')} />
        {isWaiting ? (
          <Alert tone="warning" live>
            {t('signOutLater')}
          </Alert>
        ) : null}
        <button type="button" onClick={leave} aria-busy={isLeaving || undefined} className={line}>
          <LogOut aria-hidden="true" className="rtl:-scale-x-100" />
          {words.signOut}
        </button>
      </div>
    </div>
  );
}

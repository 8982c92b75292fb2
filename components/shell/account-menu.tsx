'use client';

import { Brush, CircleUser, Images, LogOut, UserCog } from 'lucide-react';
import { useEffect, useId, useRef, useState, useTransition } from 'react';
import { Button } from '#components/ui/button.tsx';
import { signOutUser } from '#lib/auth/actions.ts';
import { Link, useRouter } from '#lib/core/i18n/navigation.ts';

type Words = { open: string; studio: string; conversions: string; account: string; signOut: string };

const line =
  'flex min-h-11 w-full items-center gap-3 rounded-sm px-3 text-start text-sm hover:bg-sunken [&_svg]:size-4.5 [&_svg]:text-muted';

/**
 * Who is signed in, their places, and the way out: a button that shows a short list of links. It stands on
 * every page, so it does without the menu library (`components/ui/menu.tsx`), which weighs 34 kB.
 */
export function AccountMenu({ who, words }: { who: string; words: Words }) {
  const router = useRouter();
  const [isOpen, setIsOpen] = useState(false);
  const [leaving, startLeaving] = useTransition();
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
  const leave = () =>
    startLeaving(async () => {
      await signOutUser({});
      router.push('/');
      router.refresh();
    });

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
        <CircleUser aria-hidden="true" />
      </Button>
      <div
        id={id}
        hidden={!isOpen}
        className="absolute end-0 top-full z-40 mt-2 min-w-56 animate-rise rounded-control bg-raised p-1.5 shadow-float"
      >
        <p className="mb-1.5 truncate border-b border-line px-3 pt-1.5 pb-2.5 text-sm text-muted">
          <bdi>{who}</bdi>
        </p>
        <Link href="/studio" onClick={close} className={line}>
          <Brush aria-hidden="true" />
          {words.studio}
        </Link>
        <Link href="/conversions" onClick={close} className={line}>
          <Images aria-hidden="true" />
          {words.conversions}
        </Link>
        <Link href="/account" onClick={close} className={line}>
          <UserCog aria-hidden="true" />
          {words.account}
        </Link>
        <button type="button" onClick={leave} aria-busy={leaving || undefined} className={line}>
          <LogOut aria-hidden="true" className="rtl:-scale-x-100" />
          {words.signOut}
        </button>
      </div>
    </div>
  );
}

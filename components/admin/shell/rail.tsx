'use client';

import { type ReactNode, useEffect, useRef } from 'react';
import { usePathname } from '#lib/core/i18n/navigation.ts';

/** A navigation that may be wider than its screen: the present page's name is scrolled into sight. */
export function Rail({
  label,
  className,
  children,
}: {
  label: string;
  className: string;
  children: ReactNode;
}) {
  const rail = useRef<HTMLElement>(null);
  const path = usePathname();
  // biome-ignore lint/correctness/useExhaustiveDependencies: another address has another current link
  useEffect(() => {
    const here = rail.current?.querySelector('[aria-current=page]')?.getBoundingClientRect();
    const edge = rail.current?.getBoundingClientRect();
    if (!here || !edge) return;
    // Only sideways: `scrollIntoView` would move the page too.
    rail.current?.scrollBy({ left: here.left + here.width / 2 - (edge.left + edge.width / 2) });
  }, [path]);
  return (
    <nav ref={rail} aria-label={label} className={className}>
      {children}
    </nav>
  );
}

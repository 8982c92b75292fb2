'use client';

import type { ReactNode } from 'react';
import { Link, usePathname } from '#lib/core/i18n/navigation.ts';

/** A link of a navigation that knows when one is there. */
export function NavLink({
  href,
  className,
  children,
}: {
  href: string;
  className: string;
  children: ReactNode;
}) {
  const path = usePathname();
  const here = path === href || path.startsWith(`${href}/`);
  return (
    <Link href={href} aria-current={here ? 'page' : undefined} className={className}>
      {children}
    </Link>
  );
}

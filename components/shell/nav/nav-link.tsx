'use client';

import type { ReactNode } from 'react';
import { Link, usePathname } from '#lib/core/i18n/navigation.ts';

/** A link of a navigation that knows when one is there. */
export function NavLink({
  href,
  className,
  exact = false,
  children,
}: {
  href: string;
  className: string;
  /** Only this very address counts, none below it. */
  exact?: boolean;
  children: ReactNode;
}) {
  const path = usePathname();
  const here = path === href || (!exact && path.startsWith(`${href}/`));
  return (
    <Link href={href} aria-current={here ? 'page' : undefined} className={className}>
      {children}
    </Link>
  );
}

'use client';

import type { ReactNode } from 'react';
import { authPaths } from '#lib/auth/paths.ts';
import { usePathname } from '#lib/core/i18n/navigation.ts';

const { home, ...doors } = authPaths.vendor;
const doorPaths: readonly string[] = Object.values(doors);

/** Whether a path, without its locale, is one of a vendor's own pages: not of those where one signs in. */
function isVendorDesk(path: string): boolean {
  return (path === home || path.startsWith(`${home}/`)) && !doorPaths.includes(path);
}

/**
 * Shows one of two things by where one is: on the vendor's own pages, or anywhere else. The frame of the
 * document stays when one goes from page to page, so only the browser knows.
 */
export function ByArea({ vendor, others }: { vendor: ReactNode; others: ReactNode }) {
  return isVendorDesk(usePathname()) ? vendor : others;
}

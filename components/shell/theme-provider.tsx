'use client';

import { ThemeProvider as NextThemes } from 'next-themes';
import type { ReactNode } from 'react';

/** Light, dark or as the system says; decided by a small inline script before anything is painted. */
export function ThemeProvider({ nonce, children }: { nonce?: string | undefined; children: ReactNode }) {
  return (
    <NextThemes
      attribute="class"
      defaultTheme="system"
      enableSystem
      // Shades of the browser's own parts come from our tokens, not from an inline style.
      enableColorScheme={false}
      {...(nonce ? { nonce } : {})}
    >
      {children}
    </NextThemes>
  );
}

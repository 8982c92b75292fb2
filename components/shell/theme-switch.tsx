'use client';

import { clsx } from 'clsx';
import { Moon, Sun } from 'lucide-react';
import { useTheme } from 'next-themes';
import { buttonLook } from '#components/ui/button.tsx';

type Props = {
  /** What pressing it does: while it is light, and while it is dark. */
  words: { dark: string; light: string };
  className?: string | undefined;
  /** The words are seen, too. */
  isLine?: boolean;
};

/** From light to dark and back. Which icon and name count is decided by CSS, so the first paint is right. */
export function ThemeSwitch({ words, className, isLine = false }: Props) {
  const { resolvedTheme, setTheme } = useTheme();
  const seen = isLine ? undefined : 'sr-only';
  return (
    <button
      type="button"
      onClick={() => setTheme(resolvedTheme === 'dark' ? 'light' : 'dark')}
      className={isLine ? className : clsx(buttonLook({ variant: 'quiet', size: 'icon' }), className)}
    >
      <Moon aria-hidden="true" className="dark:hidden" />
      <Sun aria-hidden="true" className="hidden dark:block" />
      <span className="dark:hidden">
        <span className={seen}>{words.dark}</span>
      </span>
      <span className="hidden dark:inline">
        <span className={seen}>{words.light}</span>
      </span>
    </button>
  );
}

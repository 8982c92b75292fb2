'use client';

import { clsx } from 'clsx';
import { Moon, Sun } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useTheme } from 'next-themes';
import { buttonLook } from '#components/ui/button.tsx';
import { announce } from '#components/ui/overlay/announce.ts';

type Props = {
  /** What pressing it does: while it is light, and while it is dark. */
  words: { dark: string; light: string };
  className?: string | undefined;
  /** The words are seen, too. */
  isLine?: boolean;
};

/** From light to dark and back, and says which it is now. Which icon and name count is decided by CSS, so the first paint is right. */
export function ThemeSwitch({ words, className, isLine = false }: Props) {
  const t = useTranslations('ui.themeNow');
  const { resolvedTheme, setTheme } = useTheme();
  const turn = () => {
    const next = resolvedTheme === 'dark' ? 'light' : 'dark';
    setTheme(next);
    announce(t(next));
  };
  const seen = isLine ? undefined : 'sr-only';
  return (
    <button
      type="button"
      onClick={turn}
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

'use client';

import { useSearchParams } from 'next/navigation';
import { buttonLook } from '#components/ui/button.tsx';
import { usePathname } from '#lib/core/i18n/navigation.ts';
import { type Locale, localePath } from '#lib/core/i18n/routing.ts';

/** The same page in the other language. A full load: direction, fonts and every sentence change. */
export function LocaleSwitch({ to, name, label }: { to: Locale; name: string; label: string }) {
  const path = usePathname();
  const query = useSearchParams().toString();
  return (
    <a
      href={localePath(to, path) + (query ? `?${query}` : '')}
      hrefLang={to}
      lang={to}
      aria-label={label}
      className={buttonLook({ variant: 'quiet', className: 'px-3' })}
    >
      {name}
    </a>
  );
}

'use client';

import { X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { Button } from '#components/ui/button.tsx';

type Props = { count: number; all: number; onAll: () => void; onClear: () => void; children: ReactNode };

/**
 * What can be done with the chosen images. It floats at the foot of the screen, above a phone's bar, and leaves
 * when nothing is chosen.
 */
export function SelectionBar({ count, all, onAll, onClear, children }: Props) {
  const t = useTranslations('library.gallery.selection');
  return (
    <>
      <p role="status" className="sr-only">
        {count > 0 ? t('count', { count }) : ''}
      </p>
      {count > 0 ? (
        <section
          aria-label={t('label')}
          data-bar
          className="sticky short:bottom-0 short:max-h-20 short:overflow-y-auto bottom-[calc(4.25rem+env(safe-area-inset-bottom))] z-20 flex animate-rise flex-wrap items-center gap-2 rounded-card bg-raised p-2 shadow-float lg:bottom-4"
        >
          <Button variant="quiet" size="icon" aria-label={t('clear')} onClick={onClear}>
            <X aria-hidden="true" />
          </Button>
          <p className="tabular text-sm font-semibold">{t('count', { count })}</p>
          {count < all ? (
            <Button variant="quiet" size="sm" onClick={onAll}>
              {t('all', { count: all })}
            </Button>
          ) : null}
          <div className="flex gap-1.5 max-md:w-full max-md:overflow-x-auto max-md:p-1 md:ms-auto md:flex-wrap">
            {children}
          </div>
        </section>
      ) : null}
    </>
  );
}

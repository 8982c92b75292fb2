'use client';

import { useLocale, useTranslations } from 'next-intl';
import { useId } from 'react';
import { movedByKey } from '#components/ui/form/moved-by-key.ts';
import { leastStrength } from '#lib/gallery/look/kinds.ts';

type Props = { now: number; onChange: (strength: number) => void };

/** How much of a look is laid over the photo. */
export function StrengthSlider({ now, onChange }: Props) {
  const t = useTranslations('studio.strength');
  const id = useId();
  const percent = new Intl.NumberFormat(useLocale(), { style: 'percent' }).format(now);
  return (
    <div
      data-strength
      className="flex h-11 [@media(max-height:42rem)]:h-9 max-w-full min-w-0 items-center gap-2 rounded-full bg-background px-3.5 text-sm text-ink shadow-float"
    >
      <label htmlFor={id} className="[@media(max-height:42rem)]:sr-only">
        {t('label')}
      </label>
      <input
        id={id}
        name="strength"
        type="range"
        min={100 * leastStrength}
        max={100}
        step={5}
        value={Math.round(100 * now)}
        onChange={({ target }) => onChange(Number(target.value) / 100)}
        onKeyDown={(event) => {
          const next = movedByKey(event, 5, 20);
          if (next === null) return;
          event.preventDefault();
          onChange(next / 100);
        }}
        aria-valuetext={percent}
        className="h-8 w-24 min-w-0 grow cursor-pointer rounded-full accent-primary sm:w-40"
      />
      <span aria-hidden="true" className="w-10 shrink-0 text-end whitespace-nowrap tabular-nums">
        {percent}
      </span>
    </div>
  );
}

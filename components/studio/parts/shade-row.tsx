'use client';

import { clsx } from 'clsx';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { SelectField } from '#components/ui/form/select-field.tsx';
import type { LookOrder, LookShades, ShadePart } from '#lib/gallery/look/kinds.ts';

type Props = {
  order: LookOrder;
  /** Of the gallery's card, light to dark. */
  shades: readonly string[];
  /** Null: as the gallery says. */
  chosen: LookShades | null;
  onChoose: (shades: LookShades | null) => void;
};

const faceParts = ['lips', 'eyes', 'cheeks'] as const;

/** The shades of a gallery's card as radio buttons, the gallery's own first; for make-up also where they go. */
export function ShadeRow({ order, shades, chosen, onChoose }: Props) {
  const t = useTranslations('studio.shades');
  const [place, setPlace] = useState<(typeof faceParts)[number]>('lips');
  const part: ShadePart = order.kind === 'hair' ? 'hair' : place;
  const own = order.shades?.[part];
  const now = chosen?.[part] ?? null;
  const offered = shades.filter((shade) => shade !== own);
  if (offered.length < 2 && !(own && offered.length > 0)) return null;
  const take = (shade: string | null) => {
    const { [part]: _before, ...others } = chosen ?? order.shades ?? {};
    if (shade) return onChoose({ ...others, [part]: shade });
    // Without any choice left the gallery's own stand again.
    const rest = own ? { ...others, [part]: own } : others;
    onChoose(JSON.stringify(rest) === JSON.stringify(order.shades ?? {}) ? null : rest);
  };
  return (
    <fieldset className="flex min-w-0 items-center gap-3">
      <legend className="sr-only">{t('legend')}</legend>
      {order.kind === 'makeup' ? (
        <SelectField
          name="shadePlace"
          label={t('place')}
          labelIsHidden
          value={place}
          onChange={({ target }) => setPlace(faceParts.find((one) => one === target.value) ?? 'lips')}
          options={faceParts.map((value) => ({ value, label: t(`part.${value}`) }))}
        />
      ) : null}
      <div className="rail min-w-0 gap-2 px-1 py-1.5">
        {[null, ...offered].map((shade, at) => (
          <label
            key={shade ?? 'own'}
            title={shade ? t('shade', { number: at }) : t('own')}
            className="relative grid size-11 shrink-0 place-content-center rounded-full has-focus-visible:outline-2 has-focus-visible:outline-primary"
          >
            <input
              type="radio"
              name="shade"
              value={shade ?? ''}
              checked={shade === now || (shade === null && (now === own || now === null))}
              onChange={() => take(shade)}
              aria-label={shade ? t('shade', { number: at }) : t('own')}
              className="peer absolute inset-0 size-full cursor-pointer opacity-0"
            />
            <span
              aria-hidden="true"
              className={clsx(
                'grid size-9 place-content-center rounded-full border border-field text-xs ring-primary ring-offset-2 ring-offset-background peer-checked:ring-2',
                !(shade ?? own) && 'bg-sunken text-muted',
              )}
              style={(shade ?? own) ? { backgroundColor: shade ?? own } : {}}
            >
              {(shade ?? own) ? null : '•'}
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}

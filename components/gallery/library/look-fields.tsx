'use client';

import { useTranslations } from 'next-intl';
import { SelectField } from '#components/ui/form/select-field.tsx';
import { TextField } from '#components/ui/form/text-field.tsx';
import { toAsciiDigits } from '#lib/core/phone.ts';
import {
  isLookKind,
  type LookKind,
  type LookSettings,
  lookKinds,
  type ShadePart,
} from '#lib/gallery/look/kinds.ts';
import { RegionMarker } from './region-marker.tsx';
import { SampleWear } from './sample-wear.tsx';

/** In centimetres: no cloth is said to be wider. */
const widest = 400;

export type LookDraft = { readonly kind: LookKind; readonly settings: LookSettings };

/** Which shades a kind has; the others have none. */
const shadesOf: Partial<Record<LookKind, readonly ShadePart[]>> = {
  hair: ['hair'],
  makeup: ['lips', 'eyes', 'cheeks'],
};
/** Shown before a vendor has set one. */
const firstShade: Record<ShadePart, string> = {
  hair: '#5a3420',
  lips: '#b01040',
  eyes: '#6a5a8a',
  cheeks: '#d0606a',
};

/** The kind of several images or of one. */
export function KindField({ kind, onChange }: { kind: LookKind; onChange: (kind: LookKind) => void }) {
  const t = useTranslations('vendorLooks');
  const kinds = useTranslations('looks.kind');
  return (
    <SelectField
      name="kind"
      label={t('kind')}
      hint={t(`does.${kind}`)}
      value={kind}
      onChange={({ target }) => (isLookKind(target.value) ? onChange(target.value) : null)}
      options={lookKinds.map((value) => ({ value, label: kinds(value) }))}
    />
  );
}

type Props = {
  look: LookDraft;
  picture: { url: string; wornUrl: string; alt: string };
  onChange: (look: LookDraft) => void;
};

/** What a vendor says of one image: its kind, the part that counts, how wide that is in truth, which shades. */
export function LookFields({ look, picture, onChange }: Props) {
  const t = useTranslations('vendorLooks');
  const { kind, settings } = look;
  const set = (more: LookSettings) => onChange({ kind, settings: { ...settings, ...more } });
  const { region: _region, ...whole } = settings;
  const isCloth = kind === 'fabric' || kind === 'garment';
  return (
    <div className="grid gap-5">
      <KindField kind={kind} onChange={(next) => onChange({ kind: next, settings })} />
      <SampleWear url={picture.wornUrl} look={look} />
      <RegionMarker
        url={picture.url}
        alt={picture.alt}
        region={settings.region ?? null}
        onChange={(region) => (region ? set({ region }) : onChange({ kind, settings: whole }))}
      />
      {isCloth ? (
        <TextField
          name="repeatCm"
          label={t('repeat')}
          hint={t('repeatHint')}
          inputMode="numeric"
          dir="ltr"
          value={settings.repeatCm ?? ''}
          onChange={({ target }) => {
            const { repeatCm: _repeat, ...rest } = settings;
            // A field for numbers takes no Persian digits.
            const value = Number(toAsciiDigits(target.value).replace(/\D/g, ''));
            onChange({ kind, settings: value > 0 ? { ...rest, repeatCm: Math.min(value, widest) } : rest });
          }}
        />
      ) : null}
      {shadesOf[kind] ? (
        <fieldset className="grid gap-2">
          <legend className="text-sm font-semibold">{t('shades')}</legend>
          <p className="text-sm text-muted">{t('shadesHint')}</p>
          {shadesOf[kind].map((part) => {
            const { [part]: own, ...others } = settings.shades ?? {};
            return (
              <div key={part} className="flex min-h-11 items-center gap-3">
                <label className="flex items-center gap-2">
                  <input
                    type="checkbox"
                    className="size-5 accent-primary"
                    aria-label={t('shadeOn', { part: t(`shade.${part}`) })}
                    checked={own !== undefined}
                    onChange={({ target }) =>
                      set({ shades: target.checked ? { ...others, [part]: firstShade[part] } : others })
                    }
                  />
                  {t(`shade.${part}`)}
                </label>
                {own ? (
                  <input
                    type="color"
                    aria-label={t(`shade.${part}`)}
                    value={own}
                    className="h-11 w-16 rounded-control border border-field bg-surface p-1"
                    onChange={({ target }) => set({ shades: { ...others, [part]: target.value } })}
                  />
                ) : null}
              </div>
            );
          })}
        </fieldset>
      ) : null}
    </div>
  );
}

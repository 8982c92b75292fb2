'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Button } from '#components/ui/button.tsx';
import { Segmented } from '#components/ui/form/segmented.tsx';
import { OwnWords } from '#components/ui/own-words.tsx';
import type { Shot } from './device/desk.ts';
import { type KitOption, KitPicker } from './kit-picker.tsx';
import { type StyleOption, StylePicker } from './style-picker.tsx';

type Props = {
  options: readonly StyleOption[];
  /** Null when they could not be read. */
  kits: readonly KitOption[] | null;
  startsWithKits: boolean;
  /** Looks of a gallery stand before our own styles. */
  hasGallery: boolean;
  chosen: string | null;
  /** The names of those that are to be made together. */
  picked: readonly string[];
  shown: StyleOption | null;
  onChoose: (name: string) => void;
  thumbs: Readonly<Partial<Record<string, Shot>>>;
  original: string | null;
  isWorking: boolean;
};

/** Our own styles on the photo, or sets of galleries: one name and sentence of what is chosen above. */
export function LookPicker(props: Props) {
  const { options, kits, startsWithKits, hasGallery, chosen, picked, shown, onChoose } = props;
  const { thumbs, original, isWorking } = props;
  const t = useTranslations('studio');
  const presets = t(hasGallery ? 'kits.gallery' : 'kits.presets');
  const [showsKits, setShowsKits] = useState(startsWithKits);
  return (
    <>
      <div className="flex items-center justify-between gap-3 lg:contents">
        {/* The clamp stands inside: stretched itself, it would show the upper half of the next line. */}
        <p id="style-hint" className="grid min-h-7 min-w-0 content-center text-sm">
          <span className="line-clamp-1 lg:line-clamp-2">
            {shown ? (
              <>
                {/* Whose look it is stands first: a narrow line cuts off its end. */}
                <span className="font-semibold">
                  <OwnWords>{shown.by ?? shown.title}</OwnWords>
                </span>
                <span className="text-muted">
                  {shown.by ? (
                    <>
                      {' · '}
                      <OwnWords>{shown.title}</OwnWords>
                    </>
                  ) : null}
                  {' · '}
                  {shown.description}
                </span>
              </>
            ) : (
              <span className="text-muted">{t('chooseStyle')}</span>
            )}
          </span>
        </p>
        <Button
          variant="quiet"
          size="sm"
          className="-my-1.5 shrink-0 lg:hidden"
          onClick={() => setShowsKits(!showsKits)}
        >
          {showsKits ? presets : t('kits.title')}
        </Button>
      </div>
      {/* On a phone the button above does the same: there is no height to give away. */}
      <div className="max-lg:hidden">
        <Segmented
          name="looks"
          legend={t('kits.choice')}
          value={showsKits ? 'kits' : 'styles'}
          onChange={(value) => setShowsKits(value === 'kits')}
          options={[
            { value: 'styles', label: presets },
            { value: 'kits', label: t('kits.title') },
          ]}
        />
      </div>
      {showsKits ? (
        <KitPicker kits={kits} chosen={chosen} picked={picked} onChoose={onChoose} describedBy="style-hint" />
      ) : (
        <StylePicker
          options={options}
          chosen={chosen}
          picked={picked}
          onChoose={onChoose}
          legend={t('styles')}
          describedBy="style-hint"
          thumbs={thumbs}
          standIn={isWorking ? original : null}
        />
      )}
    </>
  );
}

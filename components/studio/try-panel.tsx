'use client';

import { useTranslations } from 'next-intl';
import { useEffect, useEffectEvent, useMemo, useRef, useState } from 'react';
import { sampleOf } from '#components/styles/sample.ts';
import { newKey } from '#components/ui/action/new-key.ts';
import { Alert } from '#components/ui/alert.tsx';
import { Button } from '#components/ui/button.tsx';
import { OwnWords } from '#components/ui/own-words.tsx';
import { useRouter } from '#lib/core/i18n/navigation.ts';
import type { StyleName } from '#lib/styles/catalogue.ts';
import { toDevice } from './device/staged-look.ts';
import { useShots } from './device/use-shots.ts';
import { lookOfName, withoutPhoto, withPhotos } from './draft/draft.ts';
import { writeDraft } from './draft/keep-draft.ts';
import { useDraft } from './draft/use-draft.ts';
import { useFiles } from './draft/use-files.ts';
import { StudioStage } from './stage/studio-stage.tsx';
import { useAddress } from './stage/use-address.ts';
import { StylePicker } from './style-picker.tsx';

export type TryPanelProps = {
  files: readonly File[];
  styles: readonly { readonly name: StyleName; readonly title: string }[];
  /** Who is signed in; null for visitors. */
  account: string | null;
  /** Whether the engine that makes the results is the one that paints here. */
  isLocal: boolean;
  words: { make: string; styles: string };
};

const nothing = { images: [], look: null, shades: null, strength: null } as const;

/** The studio in small, on the landing page: every style on the photo that was chosen there. The draft is the same. */
export function TryPanel({ files: chosen, styles, account, isLocal, words }: TryPanelProps) {
  const t = useTranslations('studio');
  const errors = useTranslations('errors');
  const router = useRouter();
  const { draft, change } = useDraft(account, nothing, false);
  const [isLeaving, setLeaving] = useState(false);
  const files = useFiles((key) =>
    change((now) => {
      const at = now.photos.findIndex((one) => one.key === key);
      return at < 0 ? now : withoutPhoto(now, at);
    }),
  );
  const take = useEffectEvent(async (brought: readonly File[]) => {
    const added = await files.take(brought);
    change((now) => withPhotos(now, added));
  });
  useEffect(() => void take(chosen), [chosen]);
  // On a phone it stands below what was pressed.
  const box = useRef<HTMLDivElement>(null);
  // In braces: scrolling answers with a promise in newer browsers, which is no clean-up.
  useEffect(() => {
    box.current?.scrollIntoView({ block: 'nearest' });
  }, []);

  const photo = draft.photos[draft.shown] ?? null;
  const name = draft.look && 'style' in draft.look ? draft.look.style : (styles[0]?.name ?? 'oil');
  const at = Math.max(
    0,
    styles.findIndex((style) => style.name === name),
  );
  const staged = styles[at];
  const names = useMemo(() => styles.map((style) => style.name), [styles]);
  const options = useMemo(
    () => styles.map((style) => ({ ...style, description: '', picture: sampleOf(style.name) })),
    [styles],
  );
  const look = useMemo(
    () => toDevice(options[at] ?? null, draft, photo, () => [t('stage.mark')]),
    [options, at, draft, photo, t],
  );
  const shots = useShots({
    photos: draft.photos,
    shown: photo,
    read: files.read,
    styles: names,
    look,
    after: null,
    isOn: isLocal,
  });
  const seen = photo ? shots.of(photo.key) : null;
  const isBlind = (shots.support !== null && !shots.support.can) || seen?.phase === 'failed';
  const address = useAddress(isBlind ? photo : null, files.read);
  const large = seen?.stages[name];
  const shot = large ?? seen?.thumbs[name] ?? null;
  const choose = (next: string | undefined) =>
    next && change((now) => ({ ...now, look: lookOfName(next), wish: null }));

  const make = async () => {
    setLeaving(true);
    await writeDraft({ ...draft, look: { style: name }, wish: { key: newKey(), at: Date.now() } }, account);
    router.push('/studio?make=1');
  };
  return (
    <div ref={box} className="grid min-w-0 scroll-mt-6 scroll-mb-20 grid-cols-1 gap-3">
      <StudioStage
        original={isBlind ? address : (seen?.original?.url ?? null)}
        preview={shot ? { url: shot.url, isSmall: !large } : null}
        sample={null}
        title={staged?.title ?? null}
        isPainting={!isBlind && !large}
        onNext={() => choose(styles[(at + 1) % styles.length]?.name)}
        onPrevious={() => choose(styles[(at - 1 + styles.length) % styles.length]?.name)}
        className="h-[min(100vw,52dvh)] md:h-[min(50vw,56dvh)]"
      />
      {files.refused.map(({ name: file, code }) => (
        <Alert key={`${file} ${code}`} tone="danger" live title={<OwnWords>{file}</OwnWords>}>
          {errors(code)}
        </Alert>
      ))}
      <div className="min-w-0 lg:[&_fieldset>div]:flex lg:[&_fieldset>div]:overflow-x-auto lg:[&_label]:w-22">
        <StylePicker
          options={options}
          chosen={name}
          picked={[]}
          onChoose={choose}
          legend={words.styles}
          thumbs={seen?.thumbs ?? {}}
          standIn={seen && seen.phase !== 'failed' && seen.waiting > 0 ? (seen.original?.url ?? null) : null}
        />
      </div>
      <Button size="lg" busy={isLeaving} disabled={!photo} onClick={() => void make()}>
        {words.make}
      </Button>
    </div>
  );
}

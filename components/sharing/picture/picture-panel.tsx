'use client';

import {
  Columns2,
  Download,
  Film,
  ImageIcon,
  RectangleVertical,
  Share2,
  Smartphone,
  Square,
} from 'lucide-react';
import { useLocale, useTranslations } from 'next-intl';
import { useState } from 'react';
import { Alert } from '#components/ui/alert.tsx';
import { Button } from '#components/ui/button.tsx';
import { Choice } from '#components/ui/form/choice.tsx';
import { toast } from '#components/ui/overlay/toast-store.ts';
import { Progress } from '#components/ui/progress.tsx';
import { Spinner } from '#components/ui/spinner.tsx';
import { direction, localePath } from '#lib/core/i18n/routing.ts';
import { useOpenLink } from '../use-open-link.ts';
import { type ShareFormat, shareFormats } from './layout.ts';
import { filmType } from './record-reveal.ts';
import { canCopyPicture, canShare, copyPicture, saveFile, shareFile } from './share-file.ts';
import { type Prepared, type SharedPictures, useShareFile } from './use-share-file.ts';

const icons: Readonly<Record<ShareFormat, typeof Square>> = {
  story: Smartphone,
  post: RectangleVertical,
  square: Square,
  whole: ImageIcon,
  pair: Columns2,
  reveal: Film,
};

type Props = {
  pictures: SharedPictures;
  /** Whose look it is, in a few words; null for a style of our own. */
  credit: string | null;
  conversionId: string;
  /** The path of a link that is open to everybody, if there is one. */
  openPath: string | null;
};

/** A result as a file for a messenger or a story: its format, what is written on it, and the way out. */
export function PicturePanel({ pictures, credit, conversionId, openPath }: Props) {
  const t = useTranslations('sharing.picture');
  const locale = useLocale();
  const [format, setFormat] = useState<ShareFormat>('story');
  const [isMarked, setMarked] = useState(true);
  const [withLink, setWithLink] = useState(true);
  const [isBusy, setBusy] = useState(false);
  const link = useOpenLink(conversionId, openPath);
  // Rendered in a dialog, which only the browser opens.
  const mark = isMarked ? [credit, window.location.host].filter(Boolean).join(' · ') : null;
  const prepared = useShareFile(pictures, { format, mark, direction: direction[locale] });
  const offered = shareFormats.filter((one) => {
    if (one === 'pair') return pictures.source !== null;
    return one !== 'reveal' || (pictures.source !== null && filmType() !== null);
  });

  const share = async ({ file }: { file: File }) => {
    setBusy(true);
    const path = withLink ? await link.get() : null;
    const done = await shareFile(file, path ? window.location.origin + localePath(locale, path) : '');
    setBusy(false);
    if (done === 'late') toast('information', t('late'));
    if (done === 'failed') toast('warning', t('failed'));
  };
  const copy = async (address: string) =>
    (await copyPicture(address)) ? toast('success', t('copied')) : toast('warning', t('copyFailed'));

  const ready = prepared.state === 'ready' ? prepared : null;
  const isShared = ready !== null && canShare(ready.file);
  return (
    <div className="grid gap-4">
      <fieldset className="grid grid-cols-3 gap-2">
        <legend className="sr-only">{t('format')}</legend>
        {offered.map((one) => {
          const Icon = icons[one];
          return (
            <label
              key={one}
              className="relative grid min-h-16 place-items-center gap-0.5 rounded-control border border-line px-1 py-2 text-center text-xs text-muted emphasised-checked has-checked:border-primary has-checked:bg-sunken has-checked:font-semibold has-checked:text-ink has-focus-visible:outline-2 has-focus-visible:outline-primary"
            >
              <input
                type="radio"
                name="format"
                value={one}
                checked={format === one}
                onChange={() => setFormat(one)}
                className="absolute inset-0 size-full cursor-pointer opacity-0"
              />
              <Icon aria-hidden="true" className="size-5" />
              {t(`formats.${one}`)}
            </label>
          );
        })}
      </fieldset>
      <Preview prepared={prepared} alt={t('preview')} making={t('making')} />
      {prepared.state === 'failed' ? <Alert tone="danger">{t('notMade')}</Alert> : null}
      <div className="grid gap-2">
        {isShared ? (
          <Button size="lg" wide busy={isBusy} onClick={() => void share(ready)}>
            <Share2 aria-hidden="true" />
            {t('send')}
          </Button>
        ) : null}
        <div className="flex flex-wrap gap-2 *:grow">
          <Button
            variant={isShared ? 'secondary' : 'primary'}
            busy={prepared.state === 'making'}
            disabled={prepared.state === 'failed'}
            onClick={() => ready && saveFile(ready.file, ready.address)}
          >
            <Download aria-hidden="true" />
            {t('save')}
          </Button>
          {format !== 'reveal' && canCopyPicture() ? (
            <Button variant="secondary" disabled={!ready} onClick={() => ready && void copy(ready.address)}>
              {t('copy')}
            </Button>
          ) : null}
        </div>
      </div>
      <div>
        <Choice checked={isMarked} onChange={(event) => setMarked(event.target.checked)}>
          {t('mark')}
        </Choice>
        {isShared ? (
          <Choice
            checked={withLink}
            onChange={(event) => setWithLink(event.target.checked)}
            note={t('withLinkNote')}
          >
            {t('withLink')}
          </Choice>
        ) : null}
      </div>
    </div>
  );
}

/** What will be sent, in its shape, or how far the making of it is. */
function Preview(props: { prepared: Prepared; alt: string; making: string }) {
  const { prepared, alt, making } = props;
  const isFilm = prepared.state === 'ready' && prepared.file.type.startsWith('video/');
  const shown = 'mx-auto max-h-full max-w-full rounded-control';
  return (
    <div
      className="grid h-[28dvh] min-h-40 place-content-center overflow-hidden"
      data-share-state={prepared.state}
    >
      {prepared.state === 'ready' && isFilm ? (
        <video
          src={prepared.address}
          aria-label={alt}
          muted
          loop
          autoPlay
          playsInline
          className={`h-[28dvh] ${shown}`}
        />
      ) : null}
      {prepared.state === 'ready' && !isFilm ? (
        // biome-ignore lint/performance/noImgElement: made on this device; there is nothing to optimise
        <img src={prepared.address} alt={alt} className={`h-[28dvh] object-contain ${shown}`} />
      ) : null}
      {prepared.state === 'making' && prepared.share !== null ? (
        <div className="w-60">
          <Progress value={prepared.share} label={making} />
        </div>
      ) : null}
      {prepared.state === 'making' && prepared.share === null ? <Spinner /> : null}
    </div>
  );
}

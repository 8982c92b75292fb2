'use client';

import { ExternalLink, Eye, EyeOff, QrCode, Settings2, Trash2 } from 'lucide-react';
import { useLocale, useTranslations } from 'next-intl';
import { useState } from 'react';
import { callAction } from '#components/ui/action/call-action.ts';
import { ConfirmDialog } from '#components/ui/action/confirm-dialog.tsx';
import { goneIsDone } from '#components/ui/action/gone.ts';
import { Alert } from '#components/ui/alert.tsx';
import { Badge } from '#components/ui/badge.tsx';
import { Button, buttonLook } from '#components/ui/button.tsx';
import { ButtonLink } from '#components/ui/button-link.tsx';
import { OwnWords } from '#components/ui/own-words.tsx';
import { useRouter } from '#lib/core/i18n/navigation.ts';
import { deleteAlbum, publishAlbum } from '#lib/gallery/album/actions.ts';
import type { AlbumView } from '#lib/gallery/album/view.ts';
import { galleryLimits } from '#lib/gallery/policy.ts';
import { qrPath } from '#lib/gallery/public/paths.ts';
import { useImageActions } from '../library/use-image-actions.ts';
import { AlbumSettings } from './album-fields.tsx';

type Props = {
  album: AlbumView;
  handle: string;
  /** The images on this page that visitors do not see and could. */
  hiddenIds: readonly string[];
};

/** An album's name and standing, and what is done to it as a whole. */
export function AlbumHead({ album, handle, hiddenIds }: Props) {
  const t = useTranslations('albums');
  const outside = useTranslations('outside');
  const locale = useLocale();
  const library = useTranslations('library');
  const router = useRouter();
  const { isBusy, act, publish } = useImageActions();
  const [isOpen, setOpen] = useState(false);
  const { id, name, description, isPublic, isStyleKit, imageCount, hiddenCount } = album;
  const next = hiddenIds.slice(0, galleryLimits.maxAtOnce);
  // Nobody publishes an album to show nothing of it: the first time its pictures are shown with it.
  const hasNothingToShow = next.length > 0 && hiddenCount === imageCount;
  const turn = async () => {
    const isDone = await act(
      () => callAction(publishAlbum, { id, isPublic: !isPublic }),
      t(isPublic ? 'nowHidden' : 'nowPublic'),
    );
    if (isDone && !isPublic && hasNothingToShow) await publish(next);
  };
  return (
    <header className="grid grid-cols-1 gap-4">
      <div className="flex flex-wrap items-start justify-between gap-4">
        <div className="grid min-w-0 gap-1.5">
          <h1 className="text-2xl font-extrabold">
            <OwnWords>{name}</OwnWords>
          </h1>
          <p className="flex flex-wrap items-center gap-x-3 gap-y-1 text-sm text-muted">
            <span>{t('count', { count: imageCount })}</span>
            <Badge tone={isPublic ? 'success' : 'neutral'}>{t(isPublic ? 'public' : 'hidden')}</Badge>
            {isStyleKit ? <Badge tone="information">{t('kit')}</Badge> : null}
          </p>
          {description ? (
            <p dir="auto" className="max-w-text whitespace-pre-line text-muted">
              {description}
            </p>
          ) : null}
        </div>
        <div className="flex flex-wrap gap-2 max-sm:w-full">
          <Button
            busy={isBusy}
            variant={isPublic ? 'secondary' : 'primary'}
            onClick={() => void turn()}
            className="max-sm:grow max-sm:px-3"
          >
            {isPublic ? <EyeOff aria-hidden="true" className="max-sm:hidden" /> : <Eye aria-hidden="true" />}
            {t(isPublic ? 'hide' : 'publish')}
          </Button>
          <Button
            variant="secondary"
            aria-haspopup="dialog"
            onClick={() => setOpen(true)}
            className="max-sm:w-11 max-sm:px-0"
          >
            <Settings2 aria-hidden="true" />
            <span className="max-sm:sr-only">{t('settings')}</span>
          </Button>
          {isPublic ? (
            <ButtonLink variant="secondary" size="icon" href={`/g/${handle}/${id}`} aria-label={t('see')}>
              <ExternalLink aria-hidden="true" className="rtl:-scale-x-100" />
            </ButtonLink>
          ) : null}
          {isPublic ? (
            <a
              href={qrPath(handle, { album: id, form: 'pdf', locale })}
              download
              aria-label={outside('qr.album')}
              title={outside('qr.album')}
              className={buttonLook({ variant: 'secondary', size: 'icon' })}
            >
              <QrCode aria-hidden="true" />
            </a>
          ) : null}
          <ConfirmDialog
            trigger={
              <Button variant="secondary" size="icon" aria-label={t('delete.action')}>
                <Trash2 aria-hidden="true" />
              </Button>
            }
            title={t('delete.title')}
            text={t('delete.text')}
            cancel={library('delete.cancel')}
            confirm={library('delete.confirm')}
            work={async () => goneIsDone(await callAction(deleteAlbum, { id }))}
            done={t('delete.done')}
            leave={() => router.push('/vendor/albums')}
          />
        </div>
      </div>
      {isPublic && next.length > 0 ? (
        <Alert
          tone="warning"
          action={
            <Button size="sm" variant="secondary" busy={isBusy} onClick={() => void publish(next)}>
              {t('publishImages')}
            </Button>
          }
        >
          {t('hiddenImages', { count: hiddenIds.length })}
        </Alert>
      ) : null}
      <AlbumSettings album={album} open={isOpen} onClose={() => setOpen(false)} />
    </header>
  );
}

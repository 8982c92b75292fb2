'use client';

import { clsx } from 'clsx';
import { ChevronLeft, ChevronRight, Download, X } from 'lucide-react';
import { useFormatter, useLocale, useTranslations } from 'next-intl';
import { Dialog } from 'radix-ui';
import { type KeyboardEvent, type PointerEvent, type ReactNode, useEffect, useRef } from 'react';
import { BotLinks } from '#components/bot/bot-links.tsx';
import { Picture, toShown } from '#components/files/picture.tsx';
import { buttonLook } from '#components/ui/button.tsx';
import { ButtonLink } from '#components/ui/button-link.tsx';
import { byteSize } from '#components/ui/byte-size.ts';
import { AroundOwnWords, OwnWords } from '#components/ui/own-words.tsx';
import { allowInjectedStyles } from '#components/ui/style-nonce.ts';
import { Link } from '#lib/core/i18n/navigation.ts';
import { direction, localePath } from '#lib/core/i18n/routing.ts';
import { variantUrl } from '#lib/files/image/view.ts';
import { profilePath, tryPath, withImage } from '#lib/gallery/public/paths.ts';
import { OfferLine } from '../offer/offer-line.tsx';
import { tellVisit } from '../visits.ts';
import { ReportDialog } from './report-dialog.tsx';
import { ShareButton } from './share-button.tsx';
import { type ShownImage, useImageNames } from './shown-image.ts';

allowInjectedStyles();

type Props = {
  images: readonly ShownImage[];
  at: number;
  onTurn: (imageId: string) => void;
  onClose: () => void;
  /** Where all of them are from; see `imageNames`. */
  from?: string | undefined;
  /** What may be done with an image: of a public page, of a private link, or of one that may be downloaded from. */
  actions: 'public' | 'look' | 'download';
  /** What else may be done with the image that is open. */
  toolsOf?: (image: ShownImage, name: string) => ReactNode;
};

/** How far a finger must go, in CSS pixels, before it means the next image. */
const swipe = 48;

const between = 'max-md:col-span-2 max-md:mx-13 max-md:justify-self-stretch';

/** One image as large as the screen allows; the others by arrow keys, buttons or a swipe. */
export function Lightbox({ images, at, onTurn, onClose, from: place, actions, toolsOf }: Props) {
  const t = useTranslations('gallery');
  const { titleOf, altOf } = useImageNames(place);
  const looks = useTranslations('looks.try');
  const locale = useLocale();
  const format = useFormatter();
  const isRtl = direction[locale] === 'rtl';
  const from = useRef<{ x: number; y: number } | null>(null);
  const image = images[at];
  const [before, after] = [images[at - 1], images[at + 1]];
  const id = image?.id;

  useEffect(() => {
    if (id && actions === 'public') tellVisit({ images: [id] });
  }, [id, actions]);
  // The next one is there when it is asked for.
  useEffect(() => {
    if (after) new Image().src = variantUrl(after, 'w1280');
  }, [after]);

  if (!image) return null;
  const turn = (to: ShownImage | undefined) => to && onTurn(to.id);
  const [name, alt] = [titleOf(image), altOf(image)];

  const press = (event: KeyboardEvent) => {
    if (event.target instanceof HTMLInputElement || event.target instanceof HTMLTextAreaElement) return;
    if (event.key === (isRtl ? 'ArrowLeft' : 'ArrowRight')) turn(after);
    else if (event.key === (isRtl ? 'ArrowRight' : 'ArrowLeft')) turn(before);
    else if (event.key === 'Home') turn(images[0]);
    else if (event.key === 'End') turn(images.at(-1));
    else return;
    event.preventDefault();
  };

  const lift = (event: PointerEvent) => {
    const began = from.current;
    from.current = null;
    if (!began) return;
    const [x, y] = [event.clientX - began.x, event.clientY - began.y];
    if (Math.abs(x) < swipe || Math.abs(x) < Math.abs(y) * 1.5) return;
    turn(x < 0 === isRtl ? before : after);
  };

  return (
    <Dialog.Root open onOpenChange={(open) => open || onClose()}>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-40 bg-background" />
        <Dialog.Content
          aria-describedby={undefined}
          onKeyDown={press}
          onCloseAutoFocus={(event) => {
            event.preventDefault();
            document.getElementById(`image-${image.id}`)?.focus();
          }}
          className="fixed inset-0 z-50 grid grid-rows-[auto_minmax(0,1fr)_auto] outline-none"
        >
          <p aria-live="polite" className="sr-only">
            <AroundOwnWords
              text={t('turned', { name: alt, number: at + 1, count: images.length })}
              own={alt}
            />
          </p>
          <div className="flex items-center gap-3 px-4 py-2 md:px-6">
            <div className="min-w-0 grow">
              <Dialog.Title className="truncate text-base font-semibold">
                <OwnWords>{name}</OwnWords>
              </Dialog.Title>
              <p className="truncate text-sm text-muted">
                {image.vendor ? (
                  <Link href={profilePath(image.vendor.handle)} className="rounded-sm hover:text-primary">
                    <OwnWords>{image.vendor.name}</OwnWords>
                  </Link>
                ) : null}
                {image.vendor ? ' · ' : null}
                {t('position', { number: at + 1, count: images.length })}
              </p>
            </div>
            <Dialog.Close aria-label={t('close')} className={buttonLook({ variant: 'quiet', size: 'icon' })}>
              <X aria-hidden="true" />
            </Dialog.Close>
          </div>
          <div
            className="relative flex min-h-0 touch-pan-y touch-pinch-zoom items-center justify-center px-2 select-none md:px-20"
            onPointerDown={(event) => {
              from.current = event.isPrimary ? { x: event.clientX, y: event.clientY } : null;
            }}
            onPointerUp={lift}
            onPointerCancel={() => {
              from.current = null;
            }}
          >
            <Picture
              key={image.id}
              image={toShown(image)}
              alt={alt}
              sizes="100vw"
              first
              placeholder="blur"
              className="max-h-full w-auto max-w-full animate-fade rounded-control object-contain"
            />
            <Turn side="start" label={t('previous')} onPress={() => turn(before)} disabled={!before} />
            <Turn side="end" label={t('next')} onPress={() => turn(after)} disabled={!after} />
          </div>
          {/* On a phone the first of them stands between the two arrows, all within reach of the thumb. */}
          <div className="grid min-h-18 grid-cols-2 content-start justify-items-center gap-2 px-4 pt-3 pb-[max(1rem,env(safe-area-inset-bottom))] md:flex md:min-h-0 md:flex-wrap md:justify-center">
            {actions === 'public' ? (
              <>
                <ButtonLink href={tryPath(image.id)} rel="nofollow" className={between}>
                  {looks(image.lookKind ?? 'light')}
                </ButtonLink>
                <ShareButton path={localePath(locale, withImage(image.home, image.id))} title={name} />
                <ReportDialog imageId={image.id} />
                <BotLinks lookId={image.id} />
                {image.offer ? (
                  <OfferLine
                    offer={image.offer}
                    imageId={image.id}
                    name={name}
                    className="col-span-2 pt-1 md:order-first md:basis-full"
                  />
                ) : null}
              </>
            ) : null}
            {toolsOf ? <div className={clsx(between, 'flex gap-2')}>{toolsOf(image, name)}</div> : null}
            {actions === 'download' && image.file ? (
              <a
                href={image.file.url}
                download
                className={clsx(buttonLook({ variant: 'secondary' }), between)}
              >
                <Download aria-hidden="true" />
                {image.file.sentBytes === null
                  ? t('download')
                  : t('downloadOriginal', { size: byteSize(format, image.file.sentBytes) })}
              </a>
            ) : null}
          </div>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

type TurnProps = { side: 'start' | 'end'; label: string; onPress: () => void; disabled: boolean };

/** To the image before or after; where there is none it stays, so that the focus has somewhere to be. */
function Turn({ side, label, onPress, disabled }: TurnProps) {
  const Arrow = side === 'start' ? ChevronLeft : ChevronRight;
  return (
    <button
      type="button"
      aria-label={label}
      aria-disabled={disabled}
      onClick={disabled ? undefined : onPress}
      className={`${buttonLook({ variant: 'secondary', size: 'icon' })} absolute -bottom-14 md:top-1/2 md:bottom-auto md:-translate-y-1/2 ${side === 'start' ? 'start-4' : 'end-4'}`}
    >
      <Arrow aria-hidden="true" className="rtl:-scale-x-100" />
    </button>
  );
}

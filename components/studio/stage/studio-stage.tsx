'use client';

import { clsx } from 'clsx';
import { ChevronLeft, ChevronRight, Eye } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { type KeyboardEvent, type PointerEvent, type ReactNode, useRef, useState } from 'react';
import { Button } from '#components/ui/button.tsx';
import { Spinner } from '#components/ui/spinner.tsx';
import { markShares } from '#lib/styles/browser/device-view.ts';

type Props = {
  /** The photo as it is; null while it is being opened. */
  original: string | null;
  /** The photo in the look: large, or small until that is there; null for none. */
  preview: { url: string; isSmall: boolean } | null;
  /** The look's own picture, where nothing can be painted here. */
  sample: ReactNode;
  title: string | null;
  /** The way to correct what the look is worn on. */
  correct?: ReactNode;
  /** How much of the look there is to be. */
  strength?: ReactNode;
  /** A large preview is being painted. */
  isPainting: boolean;
  onNext: () => void;
  onPrevious: () => void;
  /** Its height. */
  className: string;
};

/** Less is a tap or a tremble. */
const swipePixels = 48;
const picture = 'absolute inset-0 size-full object-contain';

/** Two lines of a mark, in shares of the picture's shorter side. */
const markHigh = markShares.letters * (markShares.foot + 2 * markShares.leading);

/**
 * How far above the stage's lower edge what lies on the picture begins, so that the mark in the picture's lower corner is
 * free: above it, or below the picture where that leaves room for all of it.
 */
function aboveMark(ratio: number): string {
  const [wide, high] = [`min(100cqw, 100cqh * ${ratio})`, `min(100cqh, 100cqw / ${ratio})`];
  const below = `(100cqh - ${high}) / 2`;
  const over = `${below} + ${markHigh} * min(${wide}, ${high}) + 0.25rem`;
  return `clamp(0.75rem, (7.5rem - ${below}) * 999, ${over})`;
}

/**
 * The photo in the chosen look, as large as the page allows. Held down it shows the original; a swipe, or an arrow
 * key, brings the next look.
 */
export function StudioStage(props: Props) {
  const {
    original,
    preview,
    sample,
    title,
    correct = null,
    strength = null,
    isPainting,
    onNext,
    onPrevious,
    className,
  } = props;
  const t = useTranslations('studio.stage');
  const photoAlt = useTranslations('studio')('photoAlt');
  const [isHeld, setHeld] = useState(false);
  const [ratio, setRatio] = useState<number | null>(null);
  const start = useRef<{ x: number; y: number } | null>(null);
  const box = useRef<HTMLElement>(null);

  const isRtl = () => box.current !== null && getComputedStyle(box.current).direction === 'rtl';
  const go = (isForward: boolean) => (isForward ? onNext() : onPrevious());
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.target !== box.current) return;
    if (event.key === 'ArrowLeft' || event.key === 'ArrowRight') {
      event.preventDefault();
      go((event.key === 'ArrowLeft') === isRtl());
    }
  };
  const onDown = (event: PointerEvent<HTMLElement>) => {
    if (event.button !== 0 || (event.target as Element).closest('button, [data-strength]')) return;
    start.current = { x: event.clientX, y: event.clientY };
    setHeld(true);
  };
  const onMove = ({ clientX, clientY }: PointerEvent) => {
    if (!start.current) return;
    const [dx, dy] = [clientX - start.current.x, clientY - start.current.y];
    if (Math.abs(dx) < swipePixels || Math.abs(dx) < Math.abs(dy)) return;
    start.current = null;
    setHeld(false);
    go(dx > 0 === isRtl());
  };
  const onUp = () => {
    start.current = null;
    setHeld(false);
  };
  const hold = (isDown: boolean) => () => setHeld(isDown);

  return (
    <section
      ref={box}
      aria-label={t('label')}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: arrow keys go through the looks from here
      tabIndex={0}
      onKeyDown={onKeyDown}
      onPointerDown={onDown}
      onPointerMove={onMove}
      onPointerUp={onUp}
      onPointerCancel={onUp}
      onPointerLeave={onUp}
      onContextMenu={(event) => event.preventDefault()}
      className={clsx('relative touch-pan-y overflow-hidden rounded-card bg-sunken select-none', className)}
    >
      {original ? (
        // biome-ignore lint/performance/noImgElement: made on this device; there is nothing to optimise
        <img src={original} alt={photoAlt} draggable={false} className={clsx(picture, 'animate-fade')} />
      ) : (
        <div className="absolute inset-0 grid place-content-center text-muted">
          <Spinner />
        </div>
      )}
      {preview ? (
        // biome-ignore lint/performance/noImgElement: made on this device; there is nothing to optimise
        <img
          key={preview.url}
          src={preview.url}
          alt={t('preview', { style: title ?? '' })}
          draggable={false}
          data-stage={preview.isSmall ? 'small' : 'large'}
          onLoad={({ currentTarget: { naturalWidth, naturalHeight } }) =>
            setRatio(naturalWidth / naturalHeight)
          }
          className={clsx(picture, 'bg-sunken transition-opacity duration-quick', isHeld && 'opacity-0')}
        />
      ) : null}
      {sample}
      {isPainting ? (
        <span className="absolute start-3 top-3 grid size-8 place-content-center rounded-full bg-background text-ink">
          <Spinner />
        </span>
      ) : null}
      {preview ? (
        <>
          <span
            aria-hidden="true"
            className="pointer-events-none absolute inset-x-0 top-3 mx-auto w-fit [@media(max-height:42rem)]:hidden rounded-full bg-background px-3 py-0.5 text-xs text-ink"
          >
            {isHeld ? t('original') : t('hold')}
          </span>
          <span className="absolute end-3 top-3">
            <Button
              variant="secondary"
              size="icon"
              aria-label={t('compare')}
              aria-pressed={isHeld}
              onPointerDown={hold(true)}
              onPointerUp={hold(false)}
              onPointerLeave={hold(false)}
              onKeyDown={(event) => event.key === ' ' && setHeld(true)}
              onKeyUp={hold(false)}
              onBlur={hold(false)}
            >
              <Eye aria-hidden="true" />
            </Button>
          </span>
        </>
      ) : null}
      {/* The mark stands in the picture's own right corner, in either direction of reading. */}
      <div className="pointer-events-none absolute inset-0 z-10 [container-type:size] *:pointer-events-auto">
        <div
          style={ratio && preview ? { bottom: aboveMark(ratio) } : undefined}
          className="absolute bottom-3 left-3 grid w-fit max-w-[calc(100%-1.5rem)] grid-cols-1 justify-items-start gap-2 rtl:justify-items-end"
        >
          {correct}
          {preview ? strength : null}
        </div>
      </div>
      <div className="pointer-events-none absolute inset-x-3 top-1/2 flex -translate-y-1/2 items-center justify-between gap-2 *:pointer-events-auto">
        <Button variant="secondary" size="icon" aria-label={t('previous')} onClick={onPrevious}>
          <ChevronLeft aria-hidden="true" className="rtl:-scale-x-100" />
        </Button>
        <Button variant="secondary" size="icon" aria-label={t('next')} onClick={onNext}>
          <ChevronRight aria-hidden="true" className="rtl:-scale-x-100" />
        </Button>
      </div>
    </section>
  );
}

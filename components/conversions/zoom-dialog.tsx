'use client';

import { Maximize2, Minus, Plus, X } from 'lucide-react';
import { useFormatter, useTranslations } from 'next-intl';
import { Dialog as Radix } from 'radix-ui';
import { type KeyboardEvent, type PointerEvent, useLayoutEffect, useRef, useState } from 'react';
import { Button, buttonLook } from '#components/ui/button.tsx';
import { FloatingRoot } from '#components/ui/overlay/floating-root.tsx';
import { allowInjectedStyles } from '#components/ui/style-nonce.ts';

allowInjectedStyles();

type Props = { src: string; alt: string; width: number; height: number };

/** How large against the picture's own pixels; `fit` is what the screen leaves. */
const levels = [0.25, 0.5, 0.75, 1, 1.5, 2, 3] as const;

/** The picture alone, as near as one likes. Moved by dragging, scrolling or arrow keys; nearer by + and -. */
export function ZoomDialog(props: Props) {
  const t = useTranslations('conversions.zoom');
  return (
    <FloatingRoot>
      <Radix.Trigger asChild>
        <Button variant="secondary" size="icon" aria-label={t('open')} title={t('open')}>
          <Maximize2 aria-hidden="true" />
        </Button>
      </Radix.Trigger>
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-40 animate-overlay bg-background" />
        <Radix.Content aria-describedby={undefined} className="fixed inset-0 z-50 flex flex-col">
          <Radix.Title className="sr-only">{t('title')}</Radix.Title>
          <ZoomView {...props} />
        </Radix.Content>
      </Radix.Portal>
    </FloatingRoot>
  );
}

function ZoomView({ src, alt, width, height }: Props) {
  const t = useTranslations('conversions.zoom');
  const format = useFormatter();
  const frame = useRef<HTMLDivElement>(null);
  const [fit, setFit] = useState(1);
  const [level, setLevel] = useState<number | null>(null);
  const scale = level ?? fit;
  const middle = useRef({ x: 0.5, y: 0.5 });

  useLayoutEffect(() => {
    const box = frame.current;
    if (!box) return;
    const measure = () => setFit(Math.min(box.clientWidth / width, box.clientHeight / height, 1));
    const watch = new ResizeObserver(measure);
    watch.observe(box);
    measure();
    return () => watch.disconnect();
  }, [width, height]);

  // What was in the middle stays there when it grows or shrinks.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the scale is what changes the size of the content
  useLayoutEffect(() => {
    const box = frame.current;
    if (!box) return;
    box.scrollLeft = middle.current.x * box.scrollWidth - box.clientWidth / 2;
    box.scrollTop = middle.current.y * box.scrollHeight - box.clientHeight / 2;
  }, [scale]);

  const go = (next: number | null) => {
    const box = frame.current;
    if (box) {
      middle.current = {
        x: (box.scrollLeft + box.clientWidth / 2) / box.scrollWidth,
        y: (box.scrollTop + box.clientHeight / 2) / box.scrollHeight,
      };
    }
    setLevel(next);
  };
  const closer = () => go(levels.find((one) => one > scale + 0.01) ?? scale);
  const farther = () => {
    const next = levels.findLast((one) => one < scale - 0.01);
    go(next === undefined || next < fit ? null : next);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === '+' || event.key === '=') closer();
    else if (event.key === '-') farther();
    else if (event.key === '0') go(null);
    else return;
    event.preventDefault();
  };
  // A mouse drags; a finger scrolls by itself.
  const drag = (event: PointerEvent<HTMLDivElement>) => {
    if (event.pointerType !== 'mouse' || !event.currentTarget.hasPointerCapture(event.pointerId)) return;
    event.currentTarget.scrollLeft -= event.movementX;
    event.currentTarget.scrollTop -= event.movementY;
  };

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: keys of the whole dialog; every one has a button too
    <div className="flex min-h-0 grow flex-col" onKeyDown={onKeyDown}>
      <section
        ref={frame}
        dir="ltr"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard
        tabIndex={0}
        aria-label={t('hint')}
        onDoubleClick={() => go(level === null ? Math.max(1, fit * 2) : null)}
        onPointerDown={(event) => {
          if (event.pointerType === 'mouse' && event.button === 0) {
            event.currentTarget.setPointerCapture(event.pointerId);
          }
        }}
        onPointerMove={drag}
        className="grid min-h-0 grow cursor-grab touch-manipulation overflow-auto overscroll-contain bg-sunken active:cursor-grabbing"
      >
        {/* biome-ignore lint/performance/noImgElement: the picture itself, at exactly the size asked for */}
        <img
          src={src}
          alt={alt}
          draggable={false}
          style={{ width: width * scale, height: height * scale }}
          className="m-auto max-w-none select-none"
        />
      </section>
      <div className="flex items-center justify-center gap-2 border-t border-line bg-background p-3 pb-[max(0.75rem,env(safe-area-inset-bottom))]">
        <Button variant="quiet" size="icon" aria-label={t('out')} title={t('out')} onClick={farther}>
          <Minus aria-hidden="true" />
        </Button>
        <p role="status" className="tabular min-w-14 text-center text-sm">
          {format.number(scale, { style: 'percent', maximumFractionDigits: 0 })}
        </p>
        <Button variant="quiet" size="icon" aria-label={t('in')} title={t('in')} onClick={closer}>
          <Plus aria-hidden="true" />
        </Button>
        <Button variant="quiet" size="sm" onClick={() => go(null)}>
          {t('fit')}
        </Button>
        <CloseButton />
      </div>
    </div>
  );
}

function CloseButton() {
  const t = useTranslations('ui');
  return (
    <Radix.Close
      aria-label={t('close')}
      title={t('close')}
      className={buttonLook({ variant: 'quiet', size: 'icon' })}
    >
      <X aria-hidden="true" />
    </Radix.Close>
  );
}

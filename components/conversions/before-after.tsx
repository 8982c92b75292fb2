'use client';

import { clsx } from 'clsx';
import { ChevronsLeftRight } from 'lucide-react';
import { useLocale } from 'next-intl';
import { type KeyboardEvent, type PointerEvent, type ReactNode, useRef } from 'react';
import { movedByKey } from '#components/ui/form/moved-by-key.ts';

type Props = {
  /** Two pictures of one size, each filling its box (`size-full object-cover`). */
  before: ReactNode;
  after: ReactNode;
  /** Width over height. */
  ratio: number;
  /** `half` is the share of the first picture to begin with, as it is read. */
  words: { before: string; after: string; slider: string; half: string };
  className?: string;
};

/**
 * One picture over the other with an edge one can drag. "Before" lies where reading starts. The edge
 * follows a finger, a mouse and (through the hidden range input) arrow keys and screen readers; nothing
 * is rendered again while it moves.
 */
export function BeforeAfter({ before, after, ratio, words, className }: Props) {
  const box = useRef<HTMLDivElement>(null);
  const range = useRef<HTMLInputElement>(null);

  const locale = useLocale();
  // Made when it moves: the first one of a language has its data read, which a page that comes would wait for.
  const percent = useRef<Intl.NumberFormat>(undefined);
  const shareOf = (share: number) => {
    percent.current ??= new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 0 });
    return percent.current.format(share);
  };
  const told = (share: string) => `${words.before} ${share}`;

  const show = (fraction: number) => {
    const share = Math.min(1, Math.max(0, fraction));
    box.current?.style.setProperty('--split', `${(share * 100).toFixed(2)}%`);
    box.current?.setAttribute('data-touched', '');
    if (!range.current) return;
    range.current.value = String(share * 100);
    range.current.setAttribute('aria-valuetext', told(shareOf(share)));
  };
  const press = (event: KeyboardEvent<HTMLInputElement>) => {
    const next = movedByKey(event, 2, 10);
    if (next === null) return;
    event.preventDefault();
    show(next / 100);
  };
  const follow = (event: PointerEvent<HTMLDivElement>) => {
    const { left, width } = event.currentTarget.getBoundingClientRect();
    const fromLeft = (event.clientX - left) / width;
    const isRtl = getComputedStyle(event.currentTarget).direction === 'rtl';
    show(isRtl ? 1 - fromLeft : fromLeft);
  };

  return (
    <div
      ref={box}
      onPointerDown={(event) => {
        if (event.button !== 0) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        follow(event);
      }}
      onPointerMove={(event) => {
        if (event.currentTarget.hasPointerCapture(event.pointerId)) follow(event);
      }}
      style={{ aspectRatio: ratio }}
      className={clsx(
        'group relative cursor-ew-resize touch-pan-y overflow-hidden rounded-card bg-sunken select-none',
        'ltr:[--side:1] rtl:[--side:-1]',
        className,
      )}
    >
      <div className="absolute inset-0">{before}</div>
      <div className="absolute inset-0 split-window overflow-hidden group-not-data-touched:animate-reveal-window">
        <div className="size-full split-picture group-not-data-touched:animate-reveal-picture">{after}</div>
      </div>
      <span className="pointer-events-none absolute start-3 top-3 rounded-full bg-background px-3 py-0.5 text-xs font-semibold text-ink">
        {words.before}
      </span>
      <span className="pointer-events-none absolute end-3 top-3 rounded-full bg-primary px-3 py-0.5 text-xs font-semibold text-on-primary">
        {words.after}
      </span>
      {/* At the height of the handle that shows its focus: that is what a small window scrolls to. */}
      <input
        ref={range}
        type="range"
        min={0}
        max={100}
        step={1}
        defaultValue={50}
        aria-label={words.slider}
        aria-valuetext={told(words.half)}
        onKeyDown={press}
        onChange={(event) => show(Number(event.target.value) / 100)}
        className="peer pointer-events-none absolute inset-x-0 top-1/2 opacity-0"
      />
      {/* As wide as the box, and moved with the window. */}
      <span
        aria-hidden="true"
        className="pointer-events-none absolute inset-0 split-window group-not-data-touched:animate-reveal-window [&_span]:outline-offset-2 peer-focus-visible:[&>span>span]:outline-2 peer-focus-visible:[&>span>span]:outline-primary"
      >
        <span className="absolute inset-y-0 start-0 w-0.5 bg-background ltr:-translate-x-1/2 rtl:translate-x-1/2">
          <span className="absolute top-1/2 left-1/2 grid size-11 -translate-1/2 place-content-center rounded-full bg-background text-ink shadow-float">
            <ChevronsLeftRight className="size-5" />
          </span>
        </span>
      </span>
    </div>
  );
}

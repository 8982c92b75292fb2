'use client';

import { clsx } from 'clsx';
import { useTranslations } from 'next-intl';
import { useEffect, useRef } from 'react';
import { Button } from '#components/ui/button.tsx';
import { Meter } from '#components/ui/meter.tsx';
import { useAnnouncement } from '#components/ui/overlay/use-announcement.ts';
import type { WaitView } from '#lib/conversions/queue/read-wait.ts';
import { BarNote, type Noted } from './bar-note.tsx';
import { MakingLine } from './making-line.tsx';
import type { useMake } from './use-make.ts';

type Props = Omit<Noted, 'problem'> & {
  maker: ReturnType<typeof useMake>;
  wait: WaitView | null;
};

const sheetGoneMs = 500;

/**
 * Within reach of the thumb: what is left of conversions and of places for photos, what it costs and how long it takes, and
 * the one button; while photos are on their way, how far they are. What it says stands in it, so that nothing lies behind
 * it, and it takes a fifth of the smallest phone at most.
 */
export function StudioBar({ maker, wait, ...noted }: Props) {
  const t = useTranslations('studio');
  const { making, problem, isBusy } = maker;
  const { quota, count } = noted;
  const starting = making.phase === 'starting' ? t('making.starting') : null;
  useAnnouncement(starting);
  const bar = useRef<HTMLDivElement>(null);
  // On the lowest screens what stopped a press would lie over the looks.
  useEffect(() => {
    if (!problem || problem.kind === 'photo') return;
    const show = () => bar.current?.closest('form')?.scrollIntoView({ block: 'end' });
    show();
    // A sheet that has just closed goes back in the history, and the browser puts the page where it was then.
    const timer = setTimeout(show, sheetGoneMs);
    return () => clearTimeout(timer);
  }, [problem]);
  return (
    <div
      ref={bar}
      data-bar
      className="sticky short:bottom-0 bottom-[calc(3.75rem+env(safe-area-inset-bottom))] z-20 -mx-6 mt-auto grid gap-2 border-t border-line bg-background px-6 py-2.5 [@media(max-height:42rem)]:py-1.5 md:bottom-0 lg:mx-0 lg:px-0 lg:pt-4 lg:pb-0"
    >
      {making.phase === 'sending' ? (
        <MakingLine making={making} onPause={maker.pause} onResume={maker.resume} onCancel={maker.cancel} />
      ) : (
        <>
          <BarNote {...noted} problem={problem} />
          <div className="flex items-center justify-between gap-3">
            <div className="grid min-w-0 gap-0.5">
              {starting ? (
                <p className="text-sm text-muted">{starting}</p>
              ) : quota ? (
                <>
                  <Meter
                    value={quota.left}
                    max={quota.of}
                    label={t('quota')}
                    text={t('left', { count: quota.left })}
                  />
                  <Terms quota={quota} count={count} wait={wait} />
                </>
              ) : (
                <p className="text-xs leading-normal text-muted sm:text-sm">
                  {/* Where photos are chosen it is said already. */}
                  {count === 0 ? null : t('untilAsked')}{' '}
                  <span className={clsx(count > 0 && 'max-sm:hidden')}>{t('visitor')}</span>
                </p>
              )}
            </div>
            <Button type="submit" size="lg" busy={isBusy} className="shrink-0 max-sm:px-5">
              {count > 1 ? t('convertMany', { count }) : t('convert')}
            </Button>
          </div>
        </>
      )}
    </div>
  );
}

/** Places for photos, what several pictures cost and when to expect them; on a phone the one that matters. */
function Terms({
  quota,
  count,
  wait,
}: {
  quota: NonNullable<Noted['quota']>;
  count: number;
  wait: WaitView | null;
}) {
  const t = useTranslations('studio');
  const { seconds, ahead } = wait ?? { seconds: 0, ahead: 0 };
  const when =
    seconds < 90 ? t('wait.seconds', { seconds }) : t('wait.minutes', { minutes: Math.ceil(seconds / 60) });
  const isAwaited = count > 0 && ahead > 0;
  const parts = [
    { text: t('places', { left: quota.photosLeft, of: quota.photosOf }), isWide: isAwaited },
    { text: count > 1 ? t('cost', { count }) : null, isWide: true },
    { text: count > 0 && seconds > 0 ? when : null, isWide: true },
    { text: isAwaited ? t('wait.ahead', { count: ahead }) : null, isWide: false },
  ].filter(({ text }) => text !== null);
  return (
    <p className="truncate text-xs text-muted">
      {parts.map(({ text, isWide }, at) => (
        <span key={text} className={clsx(isWide && 'max-sm:hidden')}>
          {at === 0 ? null : <span className="max-sm:hidden"> · </span>}
          {text}
        </span>
      ))}
    </p>
  );
}

'use client';

import { useTranslations } from 'next-intl';
import { useEffect, useSyncExternalStore } from 'react';
import { noteOutdated, readOutdated, subscribeToOutdated } from '#components/ui/action/outdated.ts';
import { Alert } from '#components/ui/alert.tsx';
import { Button } from '#components/ui/button.tsx';
import { isReleaseOver } from './ask-release.ts';
import { keepTyped, reloadKeeping } from './keep-typed.ts';

const everyMs = 5 * 60_000;
const atMostEveryMs = 60_000;

/**
 * Tells the reader when the site was renewed since the page was opened, and loads it anew with what they typed. Asks when
 * they come back to the tab and every five minutes while they look at it.
 *
 * @param release Of the server that made this page; null in development, where nothing is watched.
 */
export function ReleaseWatch({ release }: { release: string | null }) {
  const t = useTranslations('ui.release');
  const isOutdated = useSyncExternalStore(subscribeToOutdated, readOutdated, () => false);
  useEffect(() => (release === null ? undefined : keepTyped(release)), [release]);
  useEffect(() => {
    if (release === null) return;
    let isOver = false;
    let isAsking = false;
    let askedAt = Date.now();
    const ask = async () => {
      if (document.hidden || isAsking || readOutdated() || Date.now() - askedAt < atMostEveryMs) return;
      askedAt = Date.now();
      isAsking = true;
      if (await isReleaseOver(release, () => isOver)) noteOutdated();
      isAsking = false;
    };
    const onShown = () => void ask();
    const timer = setInterval(onShown, everyMs);
    document.addEventListener('visibilitychange', onShown);
    return () => {
      isOver = true;
      clearInterval(timer);
      document.removeEventListener('visibilitychange', onShown);
    };
  }, [release]);
  return (
    <div
      aria-live="polite"
      className="fixed inset-x-0 bottom-20 z-50 mx-auto max-w-form px-6 empty:hidden md:bottom-8"
    >
      {isOutdated ? (
        <div className="animate-rise rounded-control shadow-float">
          <Alert
            tone="information"
            title={t('title')}
            action={
              <Button size="sm" variant="secondary" onClick={reloadKeeping}>
                {t('reload')}
              </Button>
            }
          >
            {t('text')}
          </Alert>
        </div>
      ) : null}
    </div>
  );
}

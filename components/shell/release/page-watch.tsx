'use client';

import { useLocale, useTranslations } from 'next-intl';
import { useEffect, useSyncExternalStore } from 'react';
import { notePage, readNotice, subscribeToNotice } from '#components/ui/action/page-notice.ts';
import { Alert } from '#components/ui/alert.tsx';
import { Button } from '#components/ui/button.tsx';
import { adminPaths, authPaths, withNext } from '#lib/auth/paths.ts';
import { usePathname } from '#lib/core/i18n/navigation.ts';
import { localePath } from '#lib/core/i18n/routing.ts';
import { isReleaseOver } from './ask-release.ts';
import { keepTyped, leaveKeeping } from './keep-typed.ts';

const everyMs = 5 * 60_000;
const atMostEveryMs = 60_000;

/** Where one signs in again on a page, by its path without the locale. */
function signInFor(path: string): { page: string; home: string } {
  if (path.startsWith(adminPaths.home)) return { page: adminPaths.again, home: adminPaths.home };
  const { signIn: page, home } = authPaths[path.startsWith(authPaths.vendor.home) ? 'vendor' : 'user'];
  return { page, home };
}

/**
 * Tells the reader when the site was renewed since the page was opened, or their session ends or has ended, and takes
 * them on with what they typed. Asks for the release when they come back to the tab and every five minutes while they
 * look at it.
 *
 * @param release Of the server that made this page; null in development, where no release is watched.
 */
export function PageWatch({ release }: { release: string | null }) {
  const t = useTranslations('ui.notice');
  const locale = useLocale();
  const path = usePathname();
  const notice = useSyncExternalStore(subscribeToNotice, readNotice, () => null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what was typed is put back on the page one comes back to
  useEffect(() => keepTyped(release ?? ''), [release, path]);
  useEffect(() => {
    if (release === null) return;
    let isOver = false;
    let isAsking = false;
    let askedAt = Date.now();
    const ask = async () => {
      if (document.hidden || isAsking || readNotice() || Date.now() - askedAt < atMostEveryMs) return;
      askedAt = Date.now();
      isAsking = true;
      if (await isReleaseOver(release, () => isOver)) notePage('outdated');
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
  const goOn = () => {
    if (notice === 'outdated') return leaveKeeping();
    const { page, home } = signInFor(path);
    leaveKeeping(localePath(locale, withNext(page, `${path}${location.search}`, home)));
  };
  return (
    <div aria-live="polite" className="fixed inset-x-0 bottom-20 z-50 mx-auto max-w-form px-6 md:bottom-8">
      {notice ? (
        <div className="animate-rise rounded-control shadow-float">
          <Alert
            tone={notice === 'outdated' ? 'information' : 'warning'}
            title={t(`${notice}.title`)}
            action={
              <Button size="sm" variant="secondary" onClick={goOn}>
                {t(`${notice}.action`)}
              </Button>
            }
          >
            {t(`${notice}.text`)}
          </Alert>
        </div>
      ) : null}
    </div>
  );
}

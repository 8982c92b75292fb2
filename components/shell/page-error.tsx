'use client';

import { useTranslations } from 'next-intl';
import { useEffect, useRef, useSyncExternalStore } from 'react';
import { notePage } from '#components/ui/action/page-notice.ts';
import { Button } from '#components/ui/button.tsx';
import { ButtonLink } from '#components/ui/button-link.tsx';
import { Khatam } from '#components/ui/khatam.tsx';
import { leaveKeeping } from './release/keep-typed.ts';
import { tellError } from './tell-error.ts';

type Props = { error: Error; reset: () => void; home: '/' | '/vendor' };

/** A part of the page could not be fetched: most often because the site was renewed and has another one now, or without a line. */
const isMissingPart = ({ name, message }: Error) =>
  /chunk|dynamically imported module/i.test(`${name} ${message}`);

function subscribeToLine(listener: () => void): () => void {
  const names = ['online', 'offline'] as const;
  for (const name of names) addEventListener(name, listener);
  return () => {
    for (const name of names) removeEventListener(name, listener);
  };
}

const useIsOffline = () =>
  useSyncExternalStore(
    subscribeToLine,
    () => !navigator.onLine,
    () => false,
  );

/** A page that broke: what it means for the reader, and two ways on. The error's own text stays in the log. */
export function PageError({ error, reset, home }: Props) {
  const t = useTranslations('errorPage');
  const title = useRef<HTMLHeadingElement>(null);
  // A screen reader must say that the page changed.
  useEffect(() => title.current?.focus(), []);
  const isMissing = isMissingPart(error);
  const isOffline = useIsOffline() && isMissing;
  useEffect(() => {
    if (!isMissing) tellError(error);
    else if (navigator.onLine) notePage('outdated');
  }, [error, isMissing]);
  // A part that did not come is asked for once: trying again would show the same error.
  const retry = isMissing ? () => leaveKeeping() : reset;
  return (
    <main id="main" className="page grid grow content-center justify-items-center gap-4 py-20 text-center">
      <Khatam className="mb-4 size-32 text-field" />
      <h1 ref={title} tabIndex={-1} className="text-2xl font-extrabold outline-none">
        {t(isOffline ? 'offlineTitle' : 'title')}
      </h1>
      <p className="max-w-form text-muted">
        {t(isOffline ? 'offlineText' : isMissing ? 'missingText' : 'text')}
      </p>
      <div className="mt-4 flex flex-wrap justify-center gap-3">
        <Button onClick={retry}>{t('retry')}</Button>
        <ButtonLink href={home} variant="secondary">
          {t(home === '/' ? 'home' : 'desk')}
        </ButtonLink>
      </div>
    </main>
  );
}

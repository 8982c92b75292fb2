'use client';

import { useSyncExternalStore } from 'react';
import { currentAnnouncement, subscribeToAnnouncements } from './announce.ts';

const nothing = () => '';

/** Where `announce` speaks; one in the layout. It is there from the start, and dialogs do not hide it. */
export function Announcer() {
  const said = useSyncExternalStore(subscribeToAnnouncements, currentAnnouncement, nothing);
  return (
    <p aria-live="polite" className="sr-only" data-announcer>
      {said}
    </p>
  );
}
